"""Columns that say where something stands: every sheet of homes and of people begins with them."""

from django.utils.translation import gettext_lazy as _

from units.sheets.columns import Column, SheetKind

DEVELOPMENT = Column(
    "development",
    _("Development"),
    "development|project|development code|project code|site|estate|projek|taman|项目|项目名称|楼盘|小区",
)
BLOCK = Column("block", _("Block"), "block|tower|blk|block name|blok|menara|phase|fasa|座|栋|楼栋")
UNIT = Column(
    "unit",
    _("Unit"),
    "unit|unit no|unit number|house no|lot no|unit address|door no|parcel no|home|plot|unit / blk|unit block"
    "|no unit|nombor unit|no rumah|no lot|单位|单元号|房号|单位号码|門牌",
    is_needed=True,
)
PLACE = (DEVELOPMENT, BLOCK, UNIT)
HOME_FACTS = (
    Column("kind", _("Kind"), "kind|unit kind|jenis|类型"),
    Column("floor", _("Floor"), "floor|level|storey|tingkat|aras|楼层|层"),
    Column("stack", _("Stack"), "stack|line|stack no"),
    Column(
        "possession",
        _("Vacant possession"),
        "vacant possession|vp date|vp|date of vp|handover date|handover|hand over date|vp taken|completion date"
        "|tarikh vp|tarikh serahan|milikan kosong|tarikh milikan kosong|交房日期|交楼日期|收楼日期",
        is_day=True,
    ),
    Column(
        "keys",
        _("Keys collected"),
        "keys collected|key collection|keys date|key collection date|tarikh ambil kunci|serahan kunci|交钥匙日期",
        is_day=True,
    ),
    Column("note", _("Note"), "note|notes|remark|remarks|comments|catatan|备注"),
)
UNITS = SheetKind("units", _("Homes"), (*PLACE, *HOME_FACTS))
DEVELOPMENTS = SheetKind(
    "developments",
    _("Developments"),
    (
        Column("code", _("Code"), "code|development code|project code|kod|kod projek|代码|项目代码", is_needed=True),
        Column(
            "name",
            _("Name"),
            "name|development name|development|project name|project|nama projek|nama|项目名称|名称",
            is_needed=True,
        ),
        Column("address", _("Address"), "address|alamat|地址"),
        Column("country", _("Country"), "country|negara|国家", is_needed=True),
        Column("zone", _("Time zone"), "time zone|timezone|zon masa|时区"),
        Column("office_phone", _("Office phone"), "office phone|phone|telephone|tel|telefon|电话", is_needed=True),
        Column("office_email", _("Office e-mail"), "office email|email|e-mel|emel|邮箱", is_needed=True),
        Column("office_hours", _("Office hours"), "office hours|opening hours|hours|waktu pejabat|办公时间"),
        Column("emergency_phone", _("Emergency phone"), "emergency phone|emergency|hotline|kecemasan|紧急电话"),
        Column("public_emergency_number", _("Public emergency number"), "public emergency number|fire and ambulance"),
        Column("currency", _("Currency"), "currency|mata wang|货币"),
    ),
)

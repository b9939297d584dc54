"""Which columns a sheet of owners has, alone or beside the homes."""

from django.utils.translation import gettext_lazy as _

from units.sheets.columns import Column, SheetKind
from units.sheets.kinds import HOME_FACTS, PLACE

PEOPLE = (
    Column(
        "owner",
        _("Owner"),
        "owner|owner name|owners|purchaser|purchaser name|purchasers|buyer|buyer name|name|name of owner|full name"
        "|homeowner|resident|nama pemilik|pemilik|nama pembeli|pembeli|nama|业主|业主姓名|买家|姓名",
        is_needed=True,
    ),
    Column("email", _("E-mail"), "email|e-mail|e-mail address|emel|e-mel|alamat emel|邮箱|电子邮件|电邮"),
    Column(
        "phone",
        _("Phone"),
        "phone|phone no|mobile|mobile no|handphone|hp no|contact no|contact number|tel|telephone|contact"
        "|no telefon|telefon|no hp|电话|手机|联系电话|手机号码",
    ),
    Column(
        "second_phone", _("Second phone"), "second phone|phone 2|other phone|home phone|alternative phone|tel 2|电话2"
    ),
    Column("role", _("Role"), "role|owner type|capacity|relationship|peranan|身份"),
    Column(
        "since",
        _("Owner since"),
        "owner since|since|from|start date|date of purchase|spa date|purchase date|tarikh beli|tarikh spa|购买日期",
        is_day=True,
    ),
    Column("language", _("Language"), "language|bahasa|语言"),
)
OWNERS = SheetKind("owners", _("Owners"), (*PLACE, *PEOPLE))
HOMES = SheetKind("homes", _("Homes with their owners"), (*PLACE, *HOME_FACTS, *PEOPLE))

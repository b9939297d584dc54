"""Which columns a sheet of contractors has."""

from django.utils.translation import gettext_lazy as _

from units.sheets.columns import Column, SheetKind
from units.sheets.kinds import DEVELOPMENT

CONTRACTORS = SheetKind(
    "contractors",
    _("Contractors"),
    (
        Column(
            "company",
            _("Company"),
            "company|company name|contractor|contractor name|main contractor|subcontractor|firm|vendor|syarikat"
            "|nama syarikat|kontraktor|公司|公司名称|承包商",
            is_needed=True,
        ),
        Column("short_name", _("Short name"), "short name|abbreviation|short|nama ringkas|简称"),
        Column("kind", _("Kind"), "kind|type|contractor type|jenis|类型"),
        Column("email", _("Company e-mail"), "company email|office email|email|e-mail|emel|邮箱"),
        Column("phone", _("Company phone"), "company phone|office phone|phone|tel|telephone|telefon|电话"),
        Column("address", _("Address"), "address|postal address|alamat|地址"),
        Column(
            "contact", _("Contact"), "contact|contact person|contact name|person in charge|pic|attention|wakil|联系人"
        ),
        Column("contact_email", _("Contact's e-mail"), "contact email|contact e-mail|pic email|emel wakil|联系人邮箱"),
        Column("contact_phone", _("Contact's phone"), "contact phone|contact no|pic phone|mobile|hp|联系人电话|手机"),
        DEVELOPMENT,
        Column("trades", _("Trades"), "trades|trade|scope|scope of work|works|skop|kerja|工种"),
        Column("is_main", _("Main contractor"), "main|is main|kontraktor utama|总承包"),
        Column(
            "from_on",
            _("Appointed from"),
            "appointed from|appointed|from|start|award date|tarikh lantikan|任命日期",
            is_day=True,
        ),
        Column(
            "completed_on", _("Practical completion"), "practical completion|cpc|cpc date|pc date|竣工日期", is_day=True
        ),
        Column("months", _("Liability in months"), "liability in months|dlp months|dlp|liability months|保修月数"),
    ),
)

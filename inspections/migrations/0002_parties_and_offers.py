"""Visits have parties, offered times and five kinds; each has an identity that calendars keep."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


KINDS = {"inspection": "initial", "repair": "rectification"}


def name_anew(apps, schema_editor):
    rows = apps.get_model("inspections", "Visit").objects
    for old, new in KINDS.items():
        rows.filter(kind=old).update(kind=new)
    for row in rows.only("pk").iterator(chunk_size=1000):
        rows.filter(pk=row.pk).update(public_id=uuid.uuid4())


def invite_homes(apps, schema_editor):
    """Whoever is told of a booked visit takes part in it, as everybody does from now on."""
    people = apps.get_model("cases", "CaseParty").objects.filter(until=None).select_related("homeowner")
    parties = apps.get_model("inspections", "VisitParty").objects
    for visit in apps.get_model("inspections", "Visit").objects.filter(state="booked").prefetch_related("cases"):
        found = {row.homeowner_id: row.homeowner for row in people.filter(case__in=visit.cases.all()).order_by("pk")}
        for number, person in enumerate(found.values()):
            parties.create(
                visit=visit,
                kind="homeowner",
                homeowner=person,
                name=person.name[:120],
                email=person.email,
                phone=person.phone,
                is_required=number == 0,
                answer="accepted",
                answered_at=visit.booked_at,
            )


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0014_visit_kinds"),
        ('contractors', '0001_initial'),
        ('homeowners', '0001_initial'),
        ('inspections', '0001_initial'),
        ("units", "0003_emergency_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferedSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['offer', 'starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitNudge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('48h', 'Two days before'), ('24h', 'One day before'), ('came', 'Did someone come?'), ('over', 'Two weeks after the final notice')], max_length=8)),
                ('starts_at', models.DateTimeField(help_text='The window it was written for: a moved visit is reminded anew.')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['visit', 'at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Waits for the homeowner'), ('asked', 'Another day asked for'), ('chosen', 'Chosen'), ('withdrawn', 'Withdrawn'), ('lapsed', 'No answer in time')], default='open', max_length=10)),
                ('until', models.DateTimeField(verbose_name='answer by')),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.CharField(max_length=120)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=120)),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='day that suits the homeowner')),
                ('asked_half', models.CharField(blank=True, choices=[('morning', 'Morning'), ('afternoon', 'Afternoon')], max_length=10)),
                ('asked_words', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['visit', '-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='VisitParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('homeowner', 'Homeowner'), ('company', 'Contractor'), ('staff', 'Office')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('is_required', models.BooleanField(default=True, verbose_name='the visit needs this party')),
                ('answer', models.CharField(choices=[('waiting', 'Not answered'), ('accepted', 'Comes'), ('declined', 'Cannot come')], default='waiting', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer_words', models.CharField(blank=True, max_length=300)),
                ('attendance', models.CharField(blank=True, choices=[('', 'Not recorded'), ('there', 'Was there'), ('absent', 'Was not there')], default='', max_length=10)),
                ('attended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['visit', 'kind', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='visit',
            name='inspections_visit_words',
        ),
        migrations.RemoveConstraint(
            model_name='visit',
            name='inspections_visit_ended',
        ),
        migrations.AddField(
            model_name='visit',
            name='arrived_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='at the door since'),
        ),
        migrations.AddField(
            model_name='visit',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='which time nobody was at home'),
        ),
        migrations.AddField(
            model_name='visit',
            name='called',
            field=models.CharField(blank=True, max_length=200, verbose_name='whom they called from the door'),
        ),
        migrations.AddField(
            model_name='visit',
            name='clear',
            field=models.CharField(blank=True, max_length=300, verbose_name='what to clear before'),
        ),
        migrations.AddField(
            model_name='visit',
            name='door',
            field=models.CharField(blank=True, choices=[('self', 'I do'), ('somebody', 'Someone else'), ('guard', 'Key at the guard house')], max_length=10, verbose_name='who opens the door'),
        ),
        migrations.AddField(
            model_name='visit',
            name='door_note',
            field=models.CharField(blank=True, max_length=500, verbose_name='what they should know'),
        ),
        migrations.AddField(
            model_name='visit',
            name='missed_by',
            field=models.CharField(blank=True, choices=[('homeowner', 'Homeowner'), ('company', 'Contractor'), ('staff', 'Office')], max_length=10, verbose_name='who did not come'),
        ),
        migrations.AddField(
            model_name='visit',
            name='public_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='visit',
            name='recorded_by_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name='visit',
            name='kind',
            field=models.CharField(choices=[('initial', 'Inspection'), ('joint', 'Joint inspection'), ('rectification', 'Repair'), ('check', 'Check'), ('end-of-dlp', 'Last inspection under your cover')], max_length=16, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='state',
            field=models.CharField(choices=[('offered', 'Times offered'), ('booked', 'Booked'), ('done', 'Took place'), ('no-access', 'Nobody at home'), ('no-show', 'Nobody came'), ('cancelled', 'Cancelled')], default='booked', max_length=10),
        ),
        migrations.RunPython(name_anew, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='visit',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['initial', 'joint', 'rectification', 'check', 'end-of-dlp']), ('state__in', ['offered', 'booked', 'done', 'no-access', 'no-show', 'cancelled'])), name='inspections_visit_words'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('offered', 'booked')), ('ended_at__isnull', False), _connector='OR'), name='inspections_visit_ended'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'no-access'), _negated=True), models.Q(('arrived_at__isnull', False), ('attempt__gte', 1), models.Q(('called', ''), _negated=True)), _connector='OR'), name='inspections_visit_no_access_proof'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'no-show'), _negated=True), models.Q(models.Q(('missed_by', ''), _negated=True), models.Q(('recorded_by_name', ''), _negated=True)), _connector='OR'), name='inspections_visit_no_show_by_a_person'),
        ),
        migrations.AddField(
            model_name='visitnudge',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nudges', to='inspections.visit'),
        ),
        migrations.AddField(
            model_name='visitoffer',
            name='chosen',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.offeredslot'),
        ),
        migrations.AddField(
            model_name='visitoffer',
            name='company',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contractors.company'),
        ),
        migrations.AddField(
            model_name='visitoffer',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='inspections.visit'),
        ),
        migrations.AddField(
            model_name='offeredslot',
            name='offer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='inspections.visitoffer'),
        ),
        migrations.AddField(
            model_name='visitparty',
            name='company',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visit_parties', to='contractors.company'),
        ),
        migrations.AddField(
            model_name='visitparty',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visit_parties', to='contractors.contact'),
        ),
        migrations.AddField(
            model_name='visitparty',
            name='homeowner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visit_parties', to='homeowners.homeowner'),
        ),
        migrations.AddField(
            model_name='visitparty',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visit_parties', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visitparty',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='inspections.visit'),
        ),
        migrations.AddField(
            model_name='visitnudge',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nudges', to='inspections.visitparty'),
        ),
        migrations.AddIndex(
            model_name='visitoffer',
            index=models.Index(fields=['state', 'until'], name='inspections_offer_by_until'),
        ),
        migrations.AddConstraint(
            model_name='visitoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('visit',), name='inspections_visitoffer_one_open'),
        ),
        migrations.AddConstraint(
            model_name='visitoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='inspections_visitoffer_ended'),
        ),
        migrations.AddConstraint(
            model_name='visitoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'chosen'), _negated=True), ('chosen__isnull', False), _connector='OR'), name='inspections_visitoffer_chosen'),
        ),
        migrations.AddConstraint(
            model_name='visitoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), models.Q(('asked_on__isnull', False), models.Q(('asked_half', ''), _negated=True)), _connector='OR'), name='inspections_visitoffer_asked'),
        ),
        migrations.AddConstraint(
            model_name='offeredslot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='inspections_offeredslot_forward'),
        ),
        migrations.AddConstraint(
            model_name='offeredslot',
            constraint=models.UniqueConstraint(fields=('offer', 'starts_at'), name='inspections_offeredslot_once'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('company', None), ('contact', None), ('homeowner__isnull', False), ('kind', 'homeowner'), ('user__isnull', True)), models.Q(('company__isnull', False), ('homeowner', None), ('kind', 'company'), ('user__isnull', True)), models.Q(('company', None), ('contact', None), ('homeowner', None), ('kind', 'staff'), ('user__isnull', False)), _connector='OR'), name='inspections_visitparty_one_side'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.CheckConstraint(condition=models.Q(('answer', 'waiting'), models.Q(('answer__in', ['waiting', 'accepted', 'declined']), ('answered_at__isnull', False)), _connector='OR'), name='inspections_visitparty_answered'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance__in', ['', 'absent']), ('attended_at', None)), models.Q(('attendance', 'there'), ('attended_at__isnull', False)), _connector='OR'), name='inspections_visitparty_attended'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.UniqueConstraint(fields=('visit', 'homeowner'), name='inspections_visitparty_homeowner_once'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.UniqueConstraint(fields=('visit', 'company'), name='inspections_visitparty_company_once'),
        ),
        migrations.AddConstraint(
            model_name='visitparty',
            constraint=models.UniqueConstraint(fields=('visit', 'user'), name='inspections_visitparty_user_once'),
        ),
        migrations.AddConstraint(
            model_name='visitnudge',
            constraint=models.UniqueConstraint(fields=('visit', 'party', 'rule', 'starts_at'), name='inspections_visitnudge_once'),
        ),
        migrations.RunPython(invite_homes, migrations.RunPython.noop, elidable=True),
    ]

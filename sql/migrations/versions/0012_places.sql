-- How incidents came by their places, how exact their times are, and which calls are of one caller or one case.
alter table core.incident
    add column placed_by text check (placed_by in ('coordinates', 'address')),
    add column place_confidence real check (place_confidence > 0 and place_confidence <= 1),
    add column time_precision text not null default 'minute' check (time_precision in ('minute', 'day', 'month', 'year')),
    add column caller text check (caller ~ '^hash-[a-p]{24}$'),
    add column case_no text check (case_no ~ '^hash-[a-p]{24}$'),
    add constraint no_place_by_nothing check (geom is not null or placed_by is null),
    add constraint only_addresses_are_unsure check (placed_by is not distinct from 'address' or place_confidence is null);
comment on column core.incident.placed_by is
    'How the row came by its point: coordinates of the file, or its address among those that are loaded; NULL: no point.';
comment on column core.incident.place_confidence is
    'Of a point by address: 1 is the very address, less a neighbour or a like name; NULL for coordinates.';
comment on column core.incident.time_precision is 'How exact occurred_at is: to the minute, the day, the month or the year.';
comment on column core.incident.caller is 'Keyed hash of the caller''s number: the same caller, known to nobody.';
comment on column core.incident.case_no is 'Keyed hash of the case''s number: calls about one case.';
update core.incident set placed_by = 'coordinates' where geom is not null;
create index incident_by_caller on core.incident (caller) where caller is not null;

alter table core.police_record
    add column time_precision text not null default 'minute' check (time_precision in ('minute', 'day', 'month', 'year'));
comment on column core.police_record.time_precision is
    'How exact occurred_at is: to the minute, the day, the month or the year.';
update core.police_record set time_precision = 'month' where kind = 'crime';

create table core.sensitive_class (
    code text primary key check (code <> ''),
    word text not null check (word <> ''),
    name_en text not null check (name_en <> ''),
    cell_m real not null check (cell_m >= 100),
    reason_ko text not null,
    reason_en text not null
);
comment on table core.sensitive_class is 'Classes whose places are told coarsely to whoever plans.';
comment on column core.sensitive_class.code is 'Class code of the 112 centres, or a name of ours for a class of other records.';
comment on column core.sensitive_class.word is 'The class in words: a record whose class or purpose holds it counts too.';
comment on column core.sensitive_class.name_en is 'The class in English, for people.';
comment on column core.sensitive_class.cell_m is 'Side of the grid cell, metres, whose middle is told in place of the point.';
comment on column core.sensitive_class.reason_ko is 'Why, in Korean.';
comment on column core.sensitive_class.reason_en is 'Why, in English.';
insert into core.sensitive_class (code, word, name_en, cell_m, reason_ko, reason_en) values
    ('106', '성폭력', 'sexual violence', 250, '피해자의 집이나 일터가 드러날 수 있습니다.', 'The place may be where the victim lives or works.'),
    ('107', '가정폭력', 'domestic violence', 250, '장소가 곧 피해자의 집입니다.', 'The place is the victim''s home.'),
    ('108', '아동학대(가정내)', 'child abuse at home', 250, '장소가 곧 아이의 집입니다.', 'The place is the child''s home.'),
    ('109', '아동학대', 'child abuse', 250, '아이가 다니는 곳이 드러날 수 있습니다.', 'The place may be where the child goes every day.'),
    ('211', '데이트폭력', 'dating violence', 250, '피해자의 집이나 일터가 드러날 수 있습니다.', 'The place may be where the victim lives or works.'),
    ('212', '스토킹', 'stalking', 250, '가해자가 찾는 장소일 수 있습니다.', 'The place may be one that the stalker looks for.'),
    ('213', '학교폭력', 'violence at school', 250, '미성년 당사자가 특정될 수 있습니다.', 'Those involved are minors and may be recognised.'),
    ('502', '변사자', 'unnatural death', 250, '유족의 집일 수 있습니다.', 'The place may be the home of the bereaved.'),
    ('505', '가출', 'runaway', 250, '장소가 대개 미성년자의 집입니다.', 'The place is mostly a minor''s home.'),
    ('508', '자살', 'suicide', 250, '당사자와 가족의 집일 수 있습니다.', 'The place may be the home of the person and the family.'),
    ('rape', '강간', 'rape', 250, '피해자의 집이나 일터가 드러날 수 있습니다.', 'The place may be where the victim lives or works.'),
    ('uk-violence', 'Violence and sexual offences', 'Violence and sexual offences', 250, '성범죄가 섞여 있습니다.', 'Sexual offences are among them.'),
    ('uk-violent', 'Violent crime', 'Violent crime', 250, '성범죄가 섞여 있습니다.', 'Sexual offences are among them.');

-- Names in the form in which they are looked for: small letters without accents, by the list of core/folding.ts, and the same on every server whatever its
-- locale. `is_spelled_out` writes umlauts as people without a German keyboard do.
create function folded_name(name text, is_spelled_out boolean) returns text language sql immutable parallel safe
return replace(replace(replace(replace(replace(replace(replace(replace(
  translate(
    regexp_replace(
      regexp_replace(normalize(name, nfkd), U&'([aouAOU])\0308', case when is_spelled_out then '\1e' else '\1' end, 'g'),
      U&'[\0300-\036f]', '', 'g'),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩςАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐıØøŁłĐđÐð',
    'abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρστυφχψωσабвгдежзийклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґioollddddd'),
  'ß', 'ss'), 'ẞ', 'ss'), 'Æ', 'ae'), 'æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'þ', 'th'), 'Þ', 'th');

-- A name in all its forms, one in a line. Most have one.
create function name_forms(name text) returns text language sql immutable parallel safe
return case when octet_length(name) = char_length(name) then lower(name collate "C")
  else folded_name(name, false) || E'\n' || folded_name(name, true) end;

-- All that a person is found by, each behind the end of a line.
create function person_forms(username text, nickname text, first_name text, last_name text) returns text language sql immutable parallel safe
return E'\n' || username || E'\n' || name_forms(nickname) || E'\n' || name_forms(first_name || ' ' || last_name) || E'\n' || name_forms(last_name);

alter table users add column forms text not null generated always as (person_forms(username, nickname, first_name, last_name)) stored;
create index users_by_forms on users using gin (forms gin_trgm_ops);

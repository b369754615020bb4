-- Pairs of records that are one: joined by their score or by a person.
select record_a, record_b from core.same_record where state in ('sure', 'same') order by record_a, record_b

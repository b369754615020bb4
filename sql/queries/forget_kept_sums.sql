-- Forget sums of a question that are of no use any more, and those of a month ago.
delete from core.kept_sum
where (scope = :scope and digest = any(:digests)) or kept_on < current_date - 30;

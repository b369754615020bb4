-- The sums that were kept for a question ($1).
select digest, shape, numbers from core.kept_sum where scope = $1;

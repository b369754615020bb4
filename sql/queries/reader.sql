-- Say who reads ($1), until the transaction ends.
select set_config('app.user', $1, true);

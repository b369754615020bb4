-- Say who reads, until the transaction ends.
select set_config('app.user', :who, true);

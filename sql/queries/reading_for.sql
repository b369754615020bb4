-- Say who reads (:who), until the transaction ends.
select set_config('app.user', :who, true);

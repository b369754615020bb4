-- Set up the session of a load for this transaction: its name; how long it waits for anyone's lock, in ms; and that
-- it ends soon after its client, asleep, killed or behind a cut wire: else its locks would outlive it.
select set_config('application_name', $1::text, true),
    set_config('lock_timeout', $2::text, true),
    set_config('client_connection_check_interval', '2s', true),
    set_config('idle_in_transaction_session_timeout', '1h', true),
    set_config('tcp_keepalives_idle', '60', true),
    set_config('tcp_keepalives_interval', '10', true),
    set_config('tcp_keepalives_count', '6', true)

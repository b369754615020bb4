-- How times, numbers and bytes are written, whatever the server's settings: until this transaction ends.
select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
    set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true)

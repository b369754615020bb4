-- Give a database another name. Both were checked: small letters, digits and _ only.
alter database {old} rename to {new}

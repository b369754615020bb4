-- Make room for the cover of a scope; nobody else writes one until the transaction ends.
lock table core.kept_cover in share row exclusive mode;
delete from core.kept_cover where scope = :scope;

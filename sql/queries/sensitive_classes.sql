-- The classes whose places are told coarsely, with the side of the cell and the reason.
select code, word, name_en, cell_m, reason_ko, reason_en from api.sensitive_class order by code;

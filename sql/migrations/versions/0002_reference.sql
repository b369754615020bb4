-- What the law and the standard say: rows that every district shares.

-- Items of article 25, paragraph 1 of the Personal Information Protection Act: 2 prevention and investigation of
-- crime, 3 safety and management of facilities, 4 traffic enforcement, 5 traffic information.
-- The class of sight a purpose asks for is our own reading: plates want identify, faces recognise.
insert into core.purpose (purpose_code, name_ko, name_en, legal_ground, density_class) values
    ('crime_prevention', '생활방범', 'Crime prevention', '25-1-2', 'recognise'),
    ('vehicle_crime', '차량방범', 'Vehicle crime', '25-1-2', 'identify'),
    ('child_protection', '어린이보호', 'Child protection', '25-1-2', 'recognise'),
    ('illegal_dumping', '쓰레기단속', 'Illegal dumping', '25-1-3', 'recognise'),
    ('facility', '시설물관리', 'Facility management', '25-1-3', 'observe'),
    ('disaster', '재난재해', 'Disaster', '25-1-3', 'detect'),
    ('fire', '화재', 'Fire', '25-1-3', 'detect'),
    ('traffic_enforcement', '교통단속', 'Traffic enforcement', '25-1-4', 'identify'),
    ('traffic_information', '교통정보수집', 'Traffic information', '25-1-5', 'detect');

-- IEC 62676-4. Inspect (2015) and the whole ladder of 2025 are from secondary sources, not from the standard's text.
insert into core.density_class (density_class, standard_version, px_per_m, rank, name_ko, name_en) values
    ('monitor', '2015', 12.5, 1, '감시', 'Monitor'),
    ('detect', '2015', 25, 2, '탐지', 'Detect'),
    ('observe', '2015', 62.5, 3, '관찰', 'Observe'),
    ('recognise', '2015', 125, 4, '인지', 'Recognise'),
    ('identify', '2015', 250, 5, '식별', 'Identify'),
    ('inspect', '2015', 1000, 6, '정밀검사', 'Inspect'),
    ('overview', '2025', 20, 1, '개관', 'Overview'),
    ('outline', '2025', 40, 2, '윤곽', 'Outline'),
    ('discern', '2025', 80, 3, '분별', 'Discern'),
    ('perceive', '2025', 125, 4, '지각', 'Perceive'),
    ('characterise', '2025', 250, 5, '특징', 'Characterise'),
    ('validate', '2025', 500, 6, '확인', 'Validate'),
    ('scrutinise', '2025', 1500, 7, '정밀', 'Scrutinise');

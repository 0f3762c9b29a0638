"""Words that invented names are made of, Arabic and English side by side; no place and no person is meant."""

Name = tuple[str, str]

REGIONS: tuple[Name, ...] = (
    ("السهل", "Plain"),
    ("الهضبة", "Highland"),
    ("الخليج", "Bay"),
    ("الوادي", "Valley"),
    ("الواحة", "Oasis"),
    ("الغابة", "Forest"),
    ("الجزيرة", "Island"),
    ("الساحل", "Coast"),
    ("البحيرة", "Lake"),
    ("الصحراء", "Desert"),
    ("المرفأ", "Haven"),
    ("الجسر", "Bridge"),
    ("الينبوع", "Spring"),
    ("البادية", "Steppe"),
    ("الدلتا", "Delta"),
    ("السفح", "Foothill"),
    ("المرج", "Meadow"),
    ("النهر", "River"),
    ("القلعة", "Castle"),
    ("الكثبان", "Dunes"),
)
PLACES: tuple[Name, ...] = (
    ("الضفاف", "Riverside"),
    ("المنارة", "Lighthouse"),
    ("النخيل", "Palms"),
    ("الميناء", "Harbour"),
    ("البساتين", "Orchards"),
    ("التلال", "Hills"),
    ("السوق القديم", "Old Market"),
    ("الزيتون", "Olives"),
    ("الرمان", "Pomegranates"),
    ("الياسمين", "Jasmine"),
    ("المطاحن", "Mills"),
    ("الشروق", "Sunrise"),
    ("الأرز", "Cedars"),
    ("الصنوبر", "Pines"),
    ("العين", "Well"),
    ("الحقول", "Fields"),
    ("المحطة", "Station"),
    ("الربيع", "Springtime"),
    ("الحدائق", "Gardens"),
    ("البرج", "Tower"),
    ("النوارس", "Gulls"),
    ("الصخرة", "Rock"),
    ("السنابل", "Wheat Ears"),
    ("الورد", "Roses"),
)
GIVEN: tuple[Name, ...] = (
    ("سلمى", "Salma"),
    ("يوسف", "Yusuf"),
    ("نادية", "Nadia"),
    ("خالد", "Khaled"),
    ("هدى", "Huda"),
    ("عمر", "Omar"),
    ("مايا", "Maya"),
    ("طارق", "Tariq"),
    ("ليلى", "Layla"),
    ("سامر", "Samer"),
    ("رنا", "Rana"),
    ("كريم", "Karim"),
    ("دانة", "Dana"),
    ("زياد", "Ziad"),
    ("أمل", "Amal"),
    ("بشير", "Bashir"),
    ("جود", "Joud"),
    ("فارس", "Faris"),
    ("ندى", "Nada"),
    ("ماهر", "Maher"),
    ("ريم", "Reem"),
    ("وليد", "Walid"),
    ("شهد", "Shahd"),
    ("أيمن", "Ayman"),
)
FAMILY: tuple[Name, ...] = (
    ("حداد", "Haddad"),
    ("كرم", "Karam"),
    ("منصور", "Mansour"),
    ("العلي", "Al-Ali"),
    ("شاهين", "Shahin"),
    ("ناصر", "Nasser"),
    ("عزيز", "Aziz"),
    ("رحمن", "Rahman"),
    ("الخطيب", "Khatib"),
    ("النجار", "Najjar"),
    ("صالح", "Saleh"),
    ("درويش", "Darwish"),
    ("بركات", "Barakat"),
    ("قاسم", "Qasim"),
    ("حمدان", "Hamdan"),
    ("الصباغ", "Sabbagh"),
    ("يعقوب", "Yaqoub"),
    ("سليمان", "Suleiman"),
    ("مراد", "Murad"),
    ("عطية", "Atiyeh"),
    ("الزين", "Al-Zein"),
    ("شريف", "Sharif"),
    ("جابر", "Jaber"),
    ("نعمة", "Neemeh"),
)
REGION, MINISTRY_OFFICE = ("منطقة {}", "{} region"), ("{} في {}", "{}, {}")
NUMBERED = ("{} {}", "{} {}")


def filled(pattern: Name, *parts: Name) -> Name:
    """The pattern in each language with the parts in that language."""
    return (
        pattern[0].format(*(part[0] for part in parts)),
        pattern[1].format(*(part[1] for part in parts)),
    )


def from_list(words: tuple[Name, ...], number: int) -> Name:
    """One of the words; once all have been used, with a number behind it."""
    turn, place = divmod(number, len(words))
    return words[place] if turn == 0 else filled(NUMBERED, words[place], (str(turn + 1), str(turn + 1)))

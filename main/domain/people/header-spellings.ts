/** How offices head the columns of a staff list, in the languages of our users. Case, accents, spaces and punctuation do not count. */
export const headerSpellings = {
  name: `
    name, full name, display name, employee, employee name, staff name, staff member, person,
    vollständiger name, anzeigename, mitarbeiter, mitarbeiterin, mitarbeitername, nom complet, nom et prénom, nom affiché,
    nombre completo, nombre y apellidos, nome completo, nome e cognome, nominativo, volledige naam, naam, weergavenaam,
    imię i nazwisko, navn, fullt navn, namn, fullständigt namn, nimi, celé jméno, jméno a příjmení, név, teljes név,
    ονοματεπώνυμο, піб, фио, повне ім’я, 氏名, 名前, 姓名, 이름, 성명, họ và tên, họ tên, ad soyad, שם מלא, الاسم, الاسم الكامل, नाम, पूरा नाम`,
  given_name: `
    given name, given names, first name, firstname, forename, forenames, christian name, vorname, vornamen, rufname,
    prénom, prénoms, nombre, nombres, nome, nome proprio, voornaam, imię, fornavn, förnamn, etunimi, jméno, keresztnév, utónév,
    όνομα, ім’я, имя, 名, tên, ad, adı, שם פרטי, الاسم الأول`,
  surname: `
    surname, surnames, last name, lastname, family name, nachname, familienname, zuname, nom, nom de famille,
    apellido, apellidos, cognome, sobrenome, apelido, achternaam, nazwisko, efternavn, etternavn, efternamn, sukunimi, příjmení, vezetéknév,
    επώνυμο, прізвище, фамилия, 姓, 성, họ, soyad, soyadı, שם משפחה, اسم العائلة`,
  email: `
    email, e-mail, mail, email address, e-mail address, mail address, mailbox, primary email, work email, business email,
    email 1, e-mail 1 - value, e-mail 1 value, smtp, primary smtp address, user principal name, upn, mailadresse, e-mail-adresse, emailadresse,
    dienstliche e-mail, courriel, adresse e-mail, adresse électronique, adresse mail, mél, correo, correo electrónico, dirección de correo,
    posta elettronica, indirizzo e-mail, indirizzo email, correio eletrónico, correio eletrônico, endereço de e-mail, e-mailadres, adres e-mail, adres email,
    e-post, epost, e-postadress, e-postadresse, sähköposti, e-mailová adresa, e-mail cím, ηλεκτρονικό ταχυδρομείο, електронна пошта, пошта, электронная почта, почта,
    メール, メールアドレス, 電子メール, 电子邮件, 邮箱, 이메일, 메일, thư điện tử, e-posta, eposta, דוא"ל, אימייל, البريد الإلكتروني, ईमेल`,
  other_emails: `
    other emails, other email, other e-mails, other addresses, additional emails, additional email, further emails, aliases, alias, email aliases,
    secondary email, second email, shared mailboxes, email 2, email 3, e-mail 2 address, e-mail 3 address, e-mail 2 - value, e-mail 3 - value,
    weitere e-mails, weitere e-mail-adressen, weitere adressen, zweite e-mail, autres e-mails, autres adresses, otros correos, altre e-mail, andere e-mails`,
  department: `
    department, dept, departement, unit, organizational unit, organisational unit, ward, team, division, location, site, works in,
    abteilung, fachabteilung, bereich, station, standort, département, service, departamento, servicio, reparto, dipartimento, setor,
    afdeling, oddział, dział, avdeling, avdelning, osasto, oddělení, osztály, τμήμα, відділення, відділ, отделение, отдел, 部署, 部門, 科, 부서, khoa, phòng ban, bölüm, מחלקה, القسم, विभाग`,
  role: `
    role, job title, job, position, function, profession, occupation, staff role, rolle, funktion, beruf, tätigkeit, berufsbezeichnung, stellenbezeichnung,
    fonction, poste, profession, cargo, puesto, función, ruolo, mansione, qualifica, função, functie, stanowisko, stilling, befattning, tehtävä, funkce, beosztás,
    ρόλος, θέση, посада, должность, 職種, 役職, 职位, 직책, 직위, chức vụ, görev, תפקיד, الوظيفة, पद`,
  staff_number: `
    staff number, staff no, staff id, staff nr, employee number, employee no, employee id, personnel number, personnel no, payroll number, payroll no, id number,
    personalnummer, personal-nr, personalnr, pers-nr, persnr, mitarbeiternummer, mitarbeiter-nr, matricule, numéro de matricule, número de empleado, n.º empleado,
    matricola, número de funcionário, personeelsnummer, numer pracownika, ansattnummer, medarbejdernummer, anställningsnummer, henkilönumero, osobní číslo, törzsszám,
    αριθμός μητρώου, табельний номер, табельный номер, 職員番号, 社員番号, 员工编号, 工号, 사번, 직원번호, mã nhân viên, sicil no, מספר עובד, الرقم الوظيفي`,
  language: `
    language, preferred language, spoken language, lang, sprache, korrespondenzsprache, langue, idioma, lengua, lingua, taal, język, språk, sprog, kieli, jazyk,
    nyelv, γλώσσα, мова, язык, 言語, 语言, 언어, ngôn ngữ, dil, שפה, اللغة, भाषा`,
};

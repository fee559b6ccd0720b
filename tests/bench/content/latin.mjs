// Words of five languages in Latin letters. How they are read, and what a language is: text.mjs.
// A no-break space joins what is one word here and two on paper.

export const english = {
  lang: 'en-GB',
  is_plural_regular: true,
  headings: ['Background', 'Methods', 'Results', 'Conclusions'],
  small: `the of and to in a for with was were that is on as by from are this at be an or we our their
    which not have had between who after more than during it its these those but among through both
    they each into may can when there also most however about over under within while where all
    how such some before other without only if until although because whether than`,
  groups: [
    [`educ communic evalu demonstr investig integr collabor moder facilit motiv
      particip indic estim simul stimul regul toler consolid accommod articul advoc alloc altern
      anticip appreci calcul complic concentr contamin coordin correl deleg deterior differenti
      discrimin domin elev elimin eman escal evacu exagger formul gener illumin illustr imit implic
      initi innov isol legitim liber medit mitig narr navig negoti orient origin penetr perpetu
      popul postul predict replic restor satur separ situ specul tabul termin transl transplant
      vaccin valid`, 'ate ated ates ating ation ations ator ators ative atively'],
    [`assess consult support conduct perform reflect report respond interact connect detect construct
      instruct present attend intend extend depend suspend confront comment document implement
      experiment treat repeat defeat adapt adopt accept expect suspect inspect respect collect select
      protect project reject neglect affect infect correct direct conflict predict restrict distort
      convert insert exert alert adjust trust interest suggest request protest contest invest resist
      consist persist assist exist enlist print hint question condition mention commission transition
      position function order render wander gather consider deliver discover recover encounter
      transfer monitor censor anchor favour labour colour harbour design assign align sign campaign
      maintain contain obtain sustain explain train strain drain`, '_ ed ing s er ers able'],
    [`clinic medic music technic logic topic tropic ethic historic classic typic mechanic chemic physic
      politic statistic empiric numeric theoretic practic critic rhetoric botanic identic vertic radic
      optic loc soci roy mor norm form loy leg ment fisc centr neutr`,
    'al ally'],
    [`aware kind ill weak fit calm blind deaf numb open ready willing helpful hopeful careful mindful
      thoughtful painful useful stressful meaningful resourceful respectful forgetful faithful
      careless restless breathless homeless hopeless tireless sleepless helpless powerless`, '_ ly ness'],
    [`patient nurse doctor student teacher learner tutor mentor carer parent mother father daughter son
      child neighbour stranger citizen volunteer resident trainee surgeon midwife therapist pharmacist
      psychologist clinician researcher scholar author reader listener witness patron chaplain
      hospital ward clinic practice hospice school faculty college university library laboratory
      archive theatre kitchen garden corridor bedside village city region country border community
      family household network partnership team group cohort sample trial study survey interview
      questionnaire diary record letter poem story novel essay portrait film photograph drawing
      painting song melody rhythm voice silence pause gesture glance touch embrace smile tear
      symptom disease disorder syndrome fever cough wound scar lesion tumour fracture infection
      allergy asthma stroke seizure migraine anxiety depression grief sorrow burden fatigue burnout
      empathy compassion kindness courage dignity trust hope doubt fear shame guilt anger joy wonder
      curiosity humility wisdom judgement decision choice consent refusal complaint error failure
      repair apology promise secret question answer explanation metaphor image word phrase sentence
      language dialect accent translation interpreter culture custom ritual ceremony festival
      medicine drug dose tablet vaccine injection infusion bandage stethoscope scalpel needle
      machine screen keyboard telephone algorithm model prediction signal pattern threshold score
      scale item factor variable outcome endpoint measure mean median variance interval margin
      effect difference change trend increase decrease rise fall peak plateau baseline follow-up
      week month year decade morning evening night season winter summer visit admission discharge
      referral appointment queue waiting-list shift handover round rota budget cost price salary
      policy law guideline protocol standard principle value virtue theory concept framework method
      tool instrument intervention programme curriculum module course lecture seminar workshop
      rehearsal exercise task assignment feedback examination grade certificate licence
      heart lung liver kidney brain nerve muscle bone joint skin blood vessel artery vein eye ear
      hand finger shoulder knee foot breath pulse pressure temperature weight height sugar salt
      water bread fruit meal appetite sleep dream pain relief comfort rest walk dance game sport`, '_ s'],
  ],
  prefixes: 'inter non pre post re over under multi co self- trans micro macro neuro psycho bio cyber tele geo anti counter',
  words: `significant moderate severe mild acute chronic early late long short high low large small new old young
    elderly rural urban public private national local global mixed qualitative quantitative prospective
    retrospective randomised controlled observational longitudinal cross-sectional semi-structured thematic
    narrative reflexive participatory interdisciplinary humane vulnerable marginalised bereaved palliative
    became found showed felt told heard wrote read led gave took made kept held left brought thought said
    experience evidence knowledge practice care health illness recovery wellbeing resilience loneliness mortality
    survival prevalence incidence adherence continuity reciprocity solidarity authenticity vulnerability`,
  given: `Alice Beatrix Clement Daphne Edmund Felicity Gareth Harriet Imogen Jasper Keziah Lachlan Matilda Niamh
    Oswin Philippa Quentin Rowena Siobhan Tobias Una Vaughan Winifred Zachary Aoife Brennan Cerys Duncan`,
  family: `Abernethy Barrowclough Cholmondeley Dunwoody Eastlake Fairweather Gillingham Hathersage Inglethorpe
    Jessop Kirkbride Lovelock Micklethwaite Netherby Osgood Pemberley Quillfeather Ravenscroft Silverdale
    Thistlewood Underhill Vavasour Wetherby Yardley Ashcombe Birkett Coldstream Derwent O’Hallorahan McAllanby`,
  institutions: `University of {};{} Royal Infirmary;School of Medicine, University of {};Department of Psychiatry,
    {} General Hospital;Centre for the Medical Humanities, {};{} Hospice;Institute of Nursing Research, {};
    Faculty of Health Sciences, {} Metropolitan University`,
  cities: `Northbridge Easthaven Wexcombe Harrowmere Kilbrannan Aberlyn Caerwent Marlstone Oxmoor Stourby
    Penhallow Rathmore Dunvegan Halifax Brisbane Christchurch`,
};

export const german = {
  lang: 'de',
  headings: ['Hintergrund', 'Methoden', 'Ergebnisse', 'Schlussfolgerungen'],
  decimal: ',',
  small: `die der und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er
    hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur
    bis mehr durch man sein wurde wurden sowie zwischen während gegenüber hinsichtlich jedoch daher dabei`,
  groups: [
    [`Patienten Kranken Pflege Gesundheits Versorgungs Behandlungs Gesprächs Beziehungs Lebens Sterbe Trauer Alters
      Jugend Familien Angehörigen Ärzte Haus Klinik Notfall Herz Lungen Nieren Gehirn Nerven Muskel Knochen Gelenk
      Blut Zell Gewebe Impf Infektions Schmerz Schlaf Stress Angst Hoffnungs Vertrauens Verantwortungs Entscheidungs
      Forschungs Studien Ausbildungs Weiterbildungs Lehr Lern Prüfungs Sprach Kultur Gemeinde Netzwerk Qualitäts
      Sicherheits Risiko Kosten Leistungs Arbeits Belastungs Begleit Beratungs Selbsthilfe Erinnerungs Wahrnehmungs`,
    `gruppe bericht befragung verlauf dauer zahl rate modell konzept ansatz ergebnis bewertung verständnis bedarf
      verhalten erfahrung system qualität zentrum station haus team plan ziel prozess instrument angebot forschung
      wesen kultur ethik praxis theorie sprache grenze kraft`],
    [`untersuch behandel begleit berat beobacht bewert erfass erheb vergleich verbesser veränder entwickel
      unterstütz vermitt betreu beurteil dokument schilder belast stärk förder leit rett teil öffn heil`,
    'en te ten end ung ungen t'],
    [`menschlich ärztlich pflegerisch wissenschaftlich gesellschaftlich persönlich beruflich kindlich chronisch
      klinisch kritisch ethisch praktisch statistisch deutlich wesentlich häufig selten früh spät lang kurz hoch
      gering stark schwach jung alt neu ländlich städtisch öffentlich psychisch körperlich seelisch gemeinsam`,
    '_ e en er es em'],
  ],
  prefixes: 'un mit vor nach über wieder',
  words: `Mensch Menschen Arzt Ärztin Kind Kinder Frau Mann Zeit Jahr Jahre Woche Wochen Tag Nacht Wort Worte
    Würde Mitgefühl Nähe Stille Leiden Genesung Krankheit Gesundheit Krankenhaus Universität Schule Verfahren Befund
    Unterschied Zusammenhang Einfluss Wirkung Ziel Folge Frage Antwort Gespräch Begegnung Erzählung Gedicht`,
  given: 'Annegret Bertram Cosima Dietlinde Eberhard Friederike Götz Hannelore Ingeborg Jörg Käthe Ludger Mechthild Notker Ottilie Rüdiger Swantje Thorben Ulrike Wolfram',
  family: 'Ackerknecht Brüggemann Cordshagen Dünnebier Ebersbacher Füßling Grünwalder Hößlinger Immergrün Jägerfeld Kühnhold Lüdersen Mäußner Nöthlich Östermann Pfützner Röschenthaler Süßmilchner Trübenbach Überacker',
  institutions: `Universitätsklinikum {};Klinik für Psychosomatik, {};Institut für Allgemeinmedizin, Universität {};
    Hospiz {};Lehrstuhl für Medizinethik, {};Städtisches Krankenhaus {}`,
  cities: 'Grünstadt Altmühlen Königswörth Saßbach Nürtheim Lübenau Osterfeld Würdingen Bärental Zürich',
};

export const french = {
  lang: 'fr',
  headings: ['Contexte', 'Méthodes', 'Résultats', 'Conclusions'],
  decimal: ',',
  small: `de la le les et des en un une du dans par pour que qui au aux sur avec plus est sont ont été ce cette ces
    ne pas se son sa ses leur leurs ou entre chez après lors ainsi comme mais afin dont sans sous même très peu
    depuis pendant selon vers aussi où il elle nous ils elles`,
  groups: [
    [`communic éduc évalu observ particip collabor particularis anim form inform interprét répar prépar consult
      transform présent document illustr explor orient habilit consolid motiv coordin`,
    'er é ée és ées ation ations ant ateur'],
    ['soign écout rencontr accompagn encadr enseign interrog mesur montr trouv donn aid partag racont touch',
      'er é ée és ées ant ent ait aient'],
    [`clinique éthique pratique critique chronique publique psychique thérapeutique statistique linguistique
      humaine médicale sociale rurale urbaine locale nationale familiale palliative narrative qualitative active
      précoce tardive jeune fragile sensible grave modérée faible élevée essentielle relationnelle personnelle`, '_ s'],
    [`patient médecin infirmière étudiant enseignant soignant aidant enfant parent proche groupe hôpital service
      faculté université école entretien questionnaire journal récit poème lettre voix silence regard geste mot
      parole langue culture maladie douleur symptôme fièvre blessure deuil souffrance espoir confiance dignité
      empathie compassion relation rencontre décision choix consentement traitement médicament vaccin dose
      échelle score facteur variable différence augmentation diminution tendance étude essai cohorte échantillon
      programme formation atelier cours module examen semaine année mois jour nuit cœur poumon rein cerveau`, '_ s'],
  ],
  prefixes: 'ré inter pré co sur sous auto neuro',
  words: `toutefois cependant notamment significatif significative santé soins qualité vie travail bien-être
    l’écoute l’équipe l’expérience d’empathie d’une l’hôpital l’analyse l’accompagnement qu’ils n’est s’est
    aujourd’hui œuvre être`,
  given: 'Aurélien Bérénice Céleste Désiré Éloïse François-Régis Gaëlle Hélène Isaïe Joëlle Léonie Maëlys Noémie Océane Philémon Rémi Séverine Thaïs Zoé Cyprien',
  family: 'Aubépinal Boisrobin Châtelperron Dufrênoy Étiennard Faugeyras Grandpré Hautecœur Jonquières Kergoëlen Lamothière Montfaucher Noirétable Pontcarré Quévilly Roquefeuille Saint-Ébremond Tournebride Vauxcelles Beauséjour',
  institutions: `Université de {};Centre hospitalier universitaire de {};École de médecine de {};Institut de soins
    palliatifs, {};Laboratoire d’éthique médicale, Université de {}`,
  cities: 'Bréhaut Clairvaux-sur-Aube Évreville Montségny Sainte-Anne-du-Lac Bordenave Orléac Genève Liège Trois-Rivières',
};

export const polish = {
  lang: 'pl',
  headings: ['Wprowadzenie', 'Metody', 'Wyniki', 'Wnioski'],
  decimal: ',',
  small: `w i z na do się nie że o jest to przez oraz po od za dla jako ale przy lub był była było były ich jak które który
    która którzy tym tego tej ze u a tylko także więcej między podczas jednak już pod nad bez`,
  groups: [
    ['pacjent lekarz student nauczyciel opiekun badacz zespół szpital oddział program problem wynik wskaźnik system termin objaw wywiad kwestionariusz',
      '_ a owi em y ów om ami ach'],
    ['chorob rozmow opiek relacj decyzj pomoc prac grup metod osob kultur wiar nadziej obserwacj edukacj empati komunikacj interwencj terapi ankiet prób',
      'a ę ą y ach ami om'],
    ['medyczn kliniczn społeczn przewlekł zdrowotn paliatywn istotn długotrwał wiejski miejski psychiczn fizyczn rodzinn wczesn późn narracyjn jakościow',
      'y a e ego ej ych ym ą'],
    ['bada ocenia wspiera leczy słucha rozumie opisywa porównywa obserwowa wykazywa uczestniczy prowadzi', 'ć ł ła ło li ły nie'],
  ],
  prefixes: 'nie prze współ po',
  words: `zdrowie cierpienie współczucie żałoba godność zaufanie świadomość życie śmierć ból lęk stres jakość ćwiczenie
    pielęgniarka pielęgniarki uczestnicy uczestników umiejętność umiejętności znajomość wrażliwość różnica różnice
    częstość zależność związek wpływ skuteczność pogłębione przeprowadzono stwierdzono zaobserwowano większość`,
  given: 'Bożena Czesław Dobromiła Edyta Franciszek Gościsław Halszka Ignacy Jędrzej Kazimiera Łucja Mścisław Nawojka Olgierd Przemysław Świętosława Wacław Żaneta',
  family: 'Błażejowicz Chrząstowski Dąbrówczyk Gżegżółkowska Jabłonecki Kędzierzyńska Łękawski Mączyńska Niewiadomski Ośmiałowski Pędziwiatr Rzędowska Śliwkowicz Trzebiatów Węgorzecka Źrebięcki Żółtaniecka',
  institutions: 'Uniwersytet Medyczny w {};Szpital Kliniczny, {};Katedra Psychologii Lekarskiej, {};Hospicjum Świętej Anny, {}',
  cities: 'Zalesiu\u00a0Górnym Bystrzycy Świętajnie Łęgowie Dąbrowicy Żurawinie Olszanach Wierzbnie',
};

export const vietnamese = {
  lang: 'vi',
  headings: ['Đặt vấn đề', 'Phương pháp', 'Kết quả', 'Kết luận'],
  decimal: ',',
  small: `và của là có trong cho với được các những một không người này đã khi về từ đến theo tại như để ở ra cũng nhiều
    hơn do bị sau trên giữa đó mà thì sẽ vào còn nên cùng rất đang qua`,
  groups: [
    [`bệnh điều chăm sức y giáo sinh nghiên khảo can đánh giao tâm gia cộng bác điểm phỏng chất đồng thấu kỹ kinh kết
      thông triệu nguyên ảnh phát tăng giảm thời hỗ đào thực lâm xã môi văn nhân`,
    `\u00a0viện \u00a0nhân \u00a0trị \u00a0sóc \u00a0khoẻ \u00a0tế \u00a0dục \u00a0viên \u00a0cứu \u00a0sát \u00a0thiệp \u00a0giá
      \u00a0tiếp \u00a0lý \u00a0đình \u00a0đồng \u00a0sĩ \u00a0số \u00a0vấn \u00a0lượng \u00a0cảm \u00a0hiểu \u00a0năng \u00a0nghiệm
      \u00a0quả \u00a0tin \u00a0chứng \u00a0hưởng \u00a0triển \u00a0gian \u00a0trợ \u00a0tạo \u00a0hành \u00a0sàng \u00a0hội \u00a0trường \u00a0hoá`],
  ],
  words: `tuổi nam nữ trẻ già đau lo âu trầm buồn vui khó dễ nghe nói viết đọc học dạy làm sống chết nhóm mẫu mức độ tỷ lệ
    khác biệt thấy mới cũ cao thấp lớn nhỏ sớm muộn ngày tuần tháng năm đêm nhà trường quê phố tỉnh làng tim phổi gan thận
    não máu xương thuốc liều vắc-xin tiêm khám mổ ngủ ăn uống thở`,
  given: 'Thị\u00a0Bích\u00a0Ngọc Văn\u00a0Khoẻ Minh\u00a0Thuỷ Quốc\u00a0Đạt Hồng\u00a0Nhung Đức\u00a0Thịnh Thu\u00a0Hằng Ngọc\u00a0Ánh Hữu\u00a0Phước Kim\u00a0Tuyến Xuân\u00a0Mỹ Tường\u00a0Vy',
  family: 'Nguyễn Trần Lê Phạm Huỳnh Hoàng Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Đoàn',
  is_family_first: true,
  institutions: 'Bệnh viện Đa khoa {};Trường Đại học Y Dược {};Viện Nghiên cứu Sức khoẻ Cộng đồng, {}',
  cities: 'Hoà\u00a0Thịnh Sông\u00a0Mây Phú\u00a0Lộc Vĩnh\u00a0Tường Huế Đồng\u00a0Xuân Tân\u00a0Mỹ',
};

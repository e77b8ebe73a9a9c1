# Mots de l'interface, en français. Les mêmes clefs que dans en.ftl.

# Assemblages
labelled = { $label } : { $words }
list = { $first } et { $last }
semicolon =  ;{" "}
quoted = « { $words } »
position = car. { $start }–{ $end }
passage-place = l. { $line }, car. { $start }–{ $end }
passage-ibidem = ibid.
passage-also = { $n ->
    [0] { $source } ; aussi { $reports }
   *[other] { $source } ; aussi { $reports } et { $n } autres
  }
statement-line = { $act } : { $words }
version-line = { $said } — { $words }
contradiction-line = { $id } { $contact } : { $kind }
who-also =  ; aussi { $names }
assumed = Supposé : { $words }
assumed-weekday = l’année { $value }, où le jour de la semaine convient
assumed-only-year = l’année { $value }, celle de toutes les dates entières du texte
assumed-one-year = l’année { $value }, la seule que dise le texte
assumed-year-of-text = l’année { $value }, celle du texte
assumed-fixed-day = l’année, comptée depuis le { $value }, que le texte fixe par son jour de semaine
assumed-last-told = compté depuis le { $value }, dernier jour dit
assumed-reckoned = compté depuis le { $value }
assumed-month-only = compte approché, donné au mois
assumed-full-date = l’année { $value }, celle de la seule date entière du texte
assumed-status = d’après le statut
assumed-to-come = le plus proche à venir
assumed-gone-by = le plus proche passé
assumed-date-kept = la date dite, bien que le jour de la semaine ne convienne pas{ $value }
assumed-weekday-kept = le jour de la semaine dit, bien que l’autre indication ne convienne pas{ $value }
assumed-day-first = lu jour/mois/année, bien que mois/jour/année soit possible{ $value }
assumed-month-first = lu mois/jour/année, faute d’un tel mois{ $value }
unheard = Aucune partie ne s’exprime
history = Statut
reported = d’après un article du { $day }
why = Pourquoi

# Dates
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
date-day = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
  }
date-day-of-month = { $day ->
    [1] 1er { $month }
   *[other] { $day } { $month }
  }
date-month = { $month } { $year }
date-no-year = { $date }, année inconnue
date-about = vers le { $date }
date-days-of-month = { $first ->
    [1] du 1er au { $last }
   *[other] du { $first } au { $last }
  }
date-interval-days = du { $first } au { $last }
date-interval = { $first } – { $last }

# Langues
language-fr = français
language-en = anglais
language-ru = russe

# Contacts
kind-meeting = rencontre
kind-call = appel
kind-talks = pourparlers
kind-visit = visite
kind-message = message
kind-exchange = échanges
status-held = { $kind ->
    [talks] ont eu lieu
    [exchange] ont eu lieu
    [message] transmis
   *[other] a eu lieu
  }
status-planned = { $kind ->
    [meeting] prévue
    [visit] prévue
    [talks] prévus
    [exchange] prévus
   *[other] prévu
  }
status-possible = { $kind ->
    [meeting] envisagée
    [visit] envisagée
    [talks] envisagés
    [exchange] envisagés
   *[other] envisagé
  }
status-ruled-out = { $kind ->
    [meeting] exclue
    [visit] exclue
    [talks] exclus
    [exchange] exclus
   *[other] exclu
  }
status-denied = { $kind ->
    [meeting] démentie
    [visit] démentie
    [talks] démentis
    [exchange] démentis
   *[other] démenti
  }
status-cancelled = { $kind ->
    [meeting] annulée ou reportée
    [visit] annulée ou reportée
    [talks] annulés ou reportés
    [exchange] annulés ou reportés
   *[other] annulé ou reporté
  }
stance-confirms = confirme
stance-denies = dément
stance-declines = refuse de commenter
stance-neither = ni confirmation ni démenti
stance-silent = ne s’exprime pas

# Actes
act-confirm = confirme
act-deny = dément
act-no-comment = refuse de commenter
act-demand = exige
act-propose = propose
act-accept = accepte
act-reject = refuse
act-threaten = menace
act-accuse = accuse
act-announce = annonce
act-assess = estime
act-state = déclare

# Origines
relation-cites = { $n ->
    [one] citée par { $n } article
   *[other] citée par { $n } articles
  }
relation-republishes = { $n ->
    [one] texte repris par { $n } article
   *[other] texte repris par { $n } articles
  }
relation-image = { $n ->
    [one] image dans { $n } article
   *[other] images dans { $n } articles
  }
relation-name-cites = cité
relation-name-republishes = le texte en vient
relation-name-image = crédit d’image
origins-count = { $least ->
    [0] Aucune source indépendante établie
    [1] 1 source indépendante
   *[other] { $least } sources indépendantes
  }
origins-range = Sources indépendantes : { $least } à { $most }

# Fondements d’une valeur
basis-given = indiquée avec le texte
basis-metadata = métadonnées de la page
basis-address = adresse de la page
basis-text = d’après le texte
basis-computed = calculée d’après le texte

# En-tête de la dépêche
briefing-title = Dépêche : contacts diplomatiques d’après les articles lus
summary-reports = { $n ->
    [one] { $n } article en { $languages }
   *[other] { $n } articles en { $languages }
  }
summary-period = , publiés du { $first } au { $last }
summary-period-day = , publication : { $first }
summary-undated = , { $n } sans date de publication
summary-nothing = Aucun article n’a pu être lu.
summary-contacts = { $n ->
    [0] Aucun contact
    [one] { $n } contact
   *[other] { $n } contacts
  }
summary-of-which =  : { $list }
summary-status-held = { $n ->
    [one] { $n } tenu
   *[other] { $n } tenus
  }
summary-status-planned = { $n ->
    [one] { $n } prévu
   *[other] { $n } prévus
  }
summary-status-possible = { $n ->
    [one] { $n } envisagé
   *[other] { $n } envisagés
  }
summary-status-ruled-out = { $n ->
    [one] { $n } exclu
   *[other] { $n } exclus
  }
summary-status-denied = { $n ->
    [one] { $n } démenti
   *[other] { $n } démentis
  }
summary-status-cancelled = { $n ->
    [one] { $n } annulé ou reporté
   *[other] { $n } annulés ou reportés
  }
summary-statements = { $n ->
    [0] Aucune déclaration
    [one] { $n } déclaration
   *[other] { $n } déclarations de { $speakers } locuteurs
  }
summary-contradictions = { $n ->
    [0] aucune contradiction
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
summary-lineages = { $n ->
    [one] { $n } texte d’origine
   *[other] { $n } textes d’origine
  }
summary-today = Jour de référence : { $day }. Les chiffres renvoient aux mots cités.

# Sections
section-contacts = Contacts
section-statements = Déclarations
section-contradictions = Contradictions
section-gaps = Lacunes
section-sources = Sources
section-origins = Origines
section-read = Ce qui a été lu
problems-heading = Ce qui n’a pu être lu comme il faudrait
timeline-no-year = Année inconnue
timeline-no-year-note = Le jour est dit, l’année ne l’est pas.
timeline-no-date = Sans date
timeline-no-date-note = Aucune date n’est dite ; l’ordre n’est pas celui du temps.
more-passages = { $n ->
    [one] … { $n } passage de plus (--all)
   *[other] … { $n } passages de plus (--all)
  }
more-passages-fold = { $n ->
    [one] { $n } passage de plus
   *[other] { $n } passages de plus
  }
more-statements = { $n ->
    [one] … { $n } déclaration de plus (--all)
   *[other] … { $n } déclarations de plus (--all)
  }
more-statements-fold = { $n ->
    [one] { $n } déclaration de plus
   *[other] { $n } déclarations de plus
  }
speaker-statements = { $n ->
    [one] { $n } déclaration
   *[other] { $n } déclarations
  }
speakers-more = { $n ->
    [one] … { $n } locuteur de plus, { $statements } déclarations (--all)
   *[other] … { $n } locuteurs de plus, { $statements } déclarations (--all)
  }
quoted-passages = { $n ->
    [one] { $n } passage cité
   *[other] { $n } passages cités
  }
nothing-found = Ni contact, ni déclaration, ni origine.
footer = Dossier établi par Dépêche ; chaque ligne renvoie aux mots dont elle vient.

# Contradictions et lacunes
contradiction-date = dates différentes
contradiction-place = lieux différents
contradiction-participants = participants différents
contradiction-held = tenue contestée
gap-never-followed-up = Annoncé, puis plus rien
gap-one-origin = Une seule origine
gap-side-not-heard = Partie qui ne s’est pas exprimée
gap-no-date = Date inconnue

# Articles lus
lineage-reports = { $n ->
    [one] { $n } article
   *[other] Même texte d’origine, { $n } articles
  }
lineage-link = { $first } et { $second } : { $reason } ({ $share } % du plus court dans l’autre)
report-published = { $date } ({ $basis })
report-undated = date de publication inconnue
found-contacts = { $n ->
    [0] aucun contact
    [one] { $n } contact
   *[other] { $n } contacts
  }
found-statements = { $n ->
    [0] aucune déclaration
    [one] { $n } déclaration
   *[other] { $n } déclarations
  }
found-origins = { $n ->
    [0] aucune origine
    [one] { $n } origine
   *[other] { $n } origines
  }
found-line = {" "}→ { $found }

# depeche follow et depeche coverage
cannot-read-list = la liste { $path } est illisible ; vérifiez le chemin
no-list = { $path } n’énumère aucune source ; donnez un fichier OPML, ou un texte avec une adresse par ligne
broken-state = { $path }, qui garde la mémoire de ce qui a été vu, est illisible ; déplacez-le pour repartir de zéro
followed = { $sources } sources, { $pages } pages nouvelles, { $failed } échecs, { $waiting } en attente du prochain passage
coverage-stretch = du { $from } au { $to }, { $looks } passages
coverage-gap = … une lacune : des pages annoncées entre-temps ont pu échapper
coverage-never = jamais atteinte encore
coverage-counts = { $pages } pages, { $failed } échecs
coverage-failing = le dernier passage a échoué

# Problèmes
problem-missing = introuvable ; vérifiez le chemin
problem-unreadable = lecture impossible ; vérifiez les droits d’accès ou laissez-le de côté
problem-unreachable = téléchargement impossible ; réessayez plus tard
problem-refused = un programme ne doit pas le télécharger ; enregistrez la page depuis un navigateur et lisez le fichier
problem-not-text = ce n’est pas du texte ; donnez un fichier .txt, .md, .html, .pdf ou .jsonl
problem-bad-record = ligne sans article lisible ; il y faut un objet JSON avec « text » ou « html »
problem-too-large = trop grand pour être lu ; découpez-le
problem-unknown-format = sorte de fichier qui n’est pas lue ; donnez un fichier .txt, .md, .html ou .jsonl
problem-empty = rien à y lire
problem-duplicate-id = identifiant déjà pris
problem-replaced = des octets indéchiffrables ont été remplacés ; vérifiez l’encodage
problem-unknown-language = langue que Dépêche ne lit pas ; si c’en est une, indiquez-la par --lang
problem-left-out = une partie a été laissée de côté
problem-bad-value = valeur impossible, ignorée

# Liens entre articles
reason-same-text = les textes sont les mêmes ou presque
reason-shared-passages = des passages entiers se trouvent dans les deux textes
reason-same-provenance = les deux disent venir de { $origin } et se lisent de même
reason-names-as-source = l’un dit que tout son texte vient de { $origin }
reason-same-dispatch = les deux nomment { $agency }, le même jour, et disent les mêmes contacts

# Noms d’une personne
reason-same-identifier = { $name } et { $name2 } sont la même personne dans le répertoire ({ $identifier })
reason-spellings = { $name } et { $name2 } sont deux graphies d’un même nom
reason-given-name = { $name } et { $name2 } : deux formes d’un prénom, un même nom de famille
reason-contained = { $name2 } et { $name } : l’un contient tout l’autre
reason-surname = { $surname } : { $name } est la seule personne de ce nom
reason-surname-and-side = { $surname } : { $name } est la seule personne de ce nom pour { $side }
reason-surname-most-named = { $surname } : de plusieurs de ce nom, { $name } est la plus nommée

# Récits d’un contact
reason-alike = rapproché par { $features } (score { $score })
feature-sides = les parties
feature-people = les personnes
feature-date = la date
feature-near-date = une date proche
feature-place = le lieu
feature-kind = la nature
feature-status = le statut
feature-publication = le jour de publication
feature-words = les mots
feature-copy = une copie du texte

# Origines d’un contact
reason-report = { $report }
reason-lineage = { $number ->
    [one] { $report }
   *[other] { $report } et ses copies ({ $number } articles)
  }
source-cites = cite { $outlets }
source-speaks = parole de { $names }
reason-outlet = { $outlet } (média cité)
reason-speaker = { $name } ({ $side })
reason-one-lineage = { $reports } partagent un texte et comptent pour une source.
reason-cites-same = { $reports } s’appuient sur { $outlet } et comptent pour une source.
reason-cites-report = { $report } cite { $outlet }, dont vient { $report2 } ; les deux comptent pour une source.
reason-shared-agency = { $reports } nomment la même agence, { $agency }, et viennent peut-être d’une seule dépêche.
reason-shared-speaker = { $reports } reposent sur les mots de { $name }, peut-être dits une seule fois.

# Messages
progress-reports = articles lus :
output-is-input = { $path } : serait écrasé alors qu’il est lu ; donnez un autre fichier de sortie
output-left = { $path } : non écrit, car il n’y a rien à écrire
cannot-write = { $path } : écriture impossible ; vérifiez que le dossier existe et ses droits d’accès
explain-unknown = { $id } : rien de tel dans ces articles ; « depeche read » et « depeche brief » montrent les identifiants

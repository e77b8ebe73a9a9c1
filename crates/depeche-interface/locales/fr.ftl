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
assumed-carried = le jour dont parle le texte à cet endroit{ $value }
assumed-behind = dit dans la phrase suivante{ $value }
assumed-hour-of-day = le jour de parution, dit à une heure de ce jour{ $value }
assumed-going-on = le jour de parution, dit comme en cours{ $value }
assumed-lasting = jusqu’au jour de parution, dit comme en cours depuis{ $value }
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
section-coverage = Couverture
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
contradiction-level = niveaux différents
contradiction-kind = formes de contact différentes
contradiction-demand = exigences différentes
contradiction-held = tenue contestée
gap-never-followed-up = Annoncé, puis plus rien
gap-one-origin = Une seule origine
gap-side-not-heard = Partie qui ne s’est pas exprimée
gap-long-silence = Plus de nouvelles depuis longtemps
gap-no-date = Date inconnue

# Articles lus
lineage-reports = { $n ->
    [one] { $n } article
   *[other] Même texte d’origine, { $n } articles
  }
lineage-more = { $n ->
    [one] et un autre
   *[other] et { $n } autres
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
no-sources = { $path } ne suit encore aucune source ; donnez l’adresse d’une source, ou un fichier qui en énumère
followed = { $sources } sources, { $pages } pages nouvelles, { $failed } échecs, { $waiting } en attente du prochain passage
coverage-overall = du { $from } au { $to }, avec { $gaps } lacunes ; les { $n } dernières périodes :
coverage-stretch = du { $from } au { $to }, { $looks ->
    [one] { $looks } passage
   *[other] { $looks } passages
  }
coverage-gap = … une lacune : des pages annoncées entre-temps ont pu échapper
coverage-never = jamais atteinte encore
coverage-counts = { $pages ->
    [one] { $pages } page
   *[other] { $pages } pages
  }, { $failed ->
    [one] { $failed } échec
   *[other] { $failed } échecs
  }
coverage-miss = échec { $time } : { $address } : { $detail }
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
reason-judged = décidé par { $author } (jugement { $judgement })
reason-same-text = les textes sont les mêmes ou presque
reason-shared-passages = des passages entiers se trouvent dans les deux textes, mot pour mot ou presque
reason-same-provenance = les deux disent venir de { $origin } et se lisent de même
reason-names-as-source = l’un dit que tout son texte vient de { $origin }
reason-same-order = les personnes et les chiffres y viennent dans le même ordre, en deux langues
reason-same-dispatch = les deux nomment { $agency }, le même jour, et disent les mêmes contacts

# Noms d’une personne
reason-same-identifier = { $name } et { $name2 } sont la même personne dans le répertoire ({ $identifier })
reason-spellings = { $name } et { $name2 } sont deux graphies d’un même nom
reason-given-name = { $name } et { $name2 } : deux formes d’un prénom, un même nom de famille
reason-contained = { $name2 } et { $name } : l’un contient tout l’autre
reason-surname = { $surname } : { $name } est la seule personne de ce nom
reason-surname-and-side = { $surname } : { $name } est la seule personne de ce nom pour { $side }
reason-surname-most-named = { $surname } : de plusieurs de ce nom, { $name } est la plus nommée
reason-given-alone = { $name } : { $name2 } est la seule personne de ce prénom

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


# Dossier sur disque
added-new = { $n ->
    [one] { $n } article ajouté
   *[other] { $n } articles ajoutés
  }
added-versions = { $n ->
    [one] { $n } nouvelle version
   *[other] { $n } nouvelles versions
  }
added-reread = { $n ->
    [one] { $n } article relu
   *[other] { $n } articles relus
  }
added-known = { $n ->
    [one] { $n } article déjà présent
   *[other] { $n } articles déjà présents
  }
added-missed = { $n ->
    [one] { $n } entrée illisible
   *[other] { $n } entrées illisibles
  }
added-nothing = rien à ajouter
dossier-holds = Le dossier contient
dossier-behind = { $path } : { $n ->
    [0] le dossier ne montre pas encore tout ce qui a été relu ou jugé
    [one] { $n } article conservé n’y paraît pas encore
   *[other] { $n } articles conservés n’y paraissent pas encore
  } ; un ajout est en cours, a été interrompu ou l’a remis à plus tard. Le prochain ajout ou « depeche rebuild » montre tout.
found-reports = { $n ->
    [0] aucun article
    [one] { $n } article
   *[other] { $n } articles
  }
found-actors = { $n ->
    [0] aucune personne
    [one] { $n } personne
   *[other] { $n } personnes
  }
count-contradictions = { $n ->
    [0] aucune contradiction
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
count-gaps = { $n ->
    [0] aucune lacune
    [one] { $n } lacune
   *[other] { $n } lacunes
  }
list-part = { $count }, nᵒˢ { $first } à { $last }
list-next = {" "}(suite : --offset { $offset })
section-accounts = Récits
section-lineage = Même texte d’origine
version-heading = Version { $n }, reçue le { $time }
version-current = version courante
version-title = nouveau titre
version-same-text = même texte
check-whole = { $n ->
    [0] entier, sans article
    [one] entier ; { $n } article contrôlé à l’octet près
   *[other] entier ; { $n } articles contrôlés à l’octet près
  }
check-damaged = endommagé : { $what }
check-derived = endommagé, mais « depeche rebuild » peut le refaire : { $what }
rebuild-same = recalculé, identique
rebuild-differs = recalculé ; éléments nouveaux : { $new }, changés : { $changed }, disparus : { $gone }
progress-resolving = { $n ->
    [one] rapprochement de { $n } article
   *[other] rapprochement de { $n } articles
  }
show-unknown = { $id } : rien de tel dans ce dossier ; « depeche contacts », « statements », « actors » et « search » montrent les identifiants
store-missing = ce dossier n’existe pas ; « depeche add » le crée
store-not-a-dossier = ce fichier n’est pas un dossier de Dépêche ; nommez-en un autre avec --dossier
store-newer = ce dossier est au format { $found }, et cette version de Dépêche lit jusqu’au format { $known } ; prenez une version plus récente
store-damaged = le dossier est endommagé ({ $what }) ; « depeche check » dit ce qui est intact
store-full = plus de place sur le disque ; rien n’a été changé ; faites de la place et relancez la commande
store-read-only = le dossier ou son répertoire est protégé en écriture ; changez ses droits d’accès ou copiez-le ailleurs
store-busy = un autre processus écrit dans le dossier ; réessayez quand il aura fini
store-unknown = { $id } : rien de tel dans ce dossier
store-refused = le dossier ne peut pas servir ({ $why })
count-judgements = { $n ->
    [0] aucun jugement
    [one] { $n } jugement
   *[other] { $n } jugements
  }
count-changes = { $n ->
    [0] aucun changement
    [one] { $n } changement
   *[other] { $n } changements
  }
decision-same = les mêmes
decision-not-same = pas les mêmes
decision-accept = accepté
decision-reject = rejeté
decision-correct = corrigé
decision-note = note
decision-undo = annulé
subject-report = article
subject-actor = personne
subject-contact = contact
subject-statement = déclaration
subject-contradiction = contradiction
subject-gap = lacune
subject-judgement = jugement
outcome-waiting = en attente : enregistré, pas encore intégré
outcome-applied = en vigueur
outcome-undone = annulé par { $by }
outcome-overruled = contredit par { $by }, plus récent ou de plus de poids
outcome-gone = en attente : ce qu’il vise n’est pas dans le dossier
outcome-unusable = sans effet ({ $by })
change-new = Nouveau
change-changed = Changé
change-gone = Disparu
judge-imported = { $new ->
    [0] aucun jugement nouveau
    [one] { $new } jugement repris
   *[other] { $new } jugements repris
  }, { $known } déjà présents
judge-clash = { $id } : un autre jugement porte cet identifiant ; celui-ci n’est pas repris
judge-several = { $id } peut désigner { $ids } ; donnez l’identifiant plus long
judge-unknown = { $id } : aucun jugement ne commence ainsi ; « depeche log » les montre
judge-nobody = qui juge ? donnez un nom avec --author
judge-bad-line = { $path } : ce n’est pas un jugement exporté par « depeche judge export » ({ $why }) ; rien n’a été repris
cannot-read = { $path } : lecture impossible ; vérifiez le chemin et ses droits d’accès
confidence = confiance { $share } ; pour (+) et contre (-) :

# La chronologie en image
timeline-title = Les contacts dans le temps
timeline-described = { $n ->
    [one] { $n } contact daté, { $first }
   *[other] { $n } contacts datés, du { $first } au { $last }
  }
timeline-uncertain = un jour parmi ceux-là
timeline-lasted = d’un jour à l’autre
date-somewhere-in = un jour non précisé de : { $date }

# Exports
folder-index = Index
folder-contacts = Contacts
folder-people = Personnes
folder-sides = Parties
folder-reports = Articles
left-out = Laissé de côté : { $list }.
left-contacts-undated = { $n ->
    [one] { $n } contact sans date
   *[other] { $n } contacts sans date
  }
left-contacts-without-year = { $n ->
    [one] { $n } contact dont l’année est inconnue
   *[other] { $n } contacts dont l’année est inconnue
  }
left-contacts-open = { $n ->
    [one] { $n } contact dont la date n’a pas de fin ou de début
   *[other] { $n } contacts dont la date n’a pas de fin ou de début
  }
left-contacts-one-side = { $n ->
    [one] { $n } contact dont une seule partie est connue
   *[other] { $n } contacts dont une seule partie est connue
  }
left-contacts-without-word = { $n ->
    [one] { $n } contact d’une sorte pour laquelle le format n’a pas de code
   *[other] { $n } contacts d’une sorte pour laquelle le format n’a pas de code
  }
left-steps-undated = { $n ->
    [one] { $n } étape d’un statut dont le jour est inconnu
   *[other] { $n } étapes de statuts dont le jour est inconnu
  }
left-contradictions-undated = { $n ->
    [one] { $n } contradiction entre articles sans date
   *[other] { $n } contradictions entre articles sans date
  }
left-accounts = { $n ->
    [one] { $n } récit d’un contact
   *[other] { $n } récits de contacts
  }
left-ledger = { $n ->
    [one] { $n } position d’une partie
   *[other] { $n } positions des parties
  }
left-statements = { $n ->
    [one] { $n } déclaration
   *[other] { $n } déclarations
  }
left-statements-without-word = { $n ->
    [one] { $n } déclaration d’une sorte pour laquelle le format n’a pas de code
   *[other] { $n } déclarations de sortes pour lesquelles le format n’a pas de code
  }
left-statements-without-side = { $n ->
    [one] { $n } déclaration d’une personne dont la partie est inconnue
   *[other] { $n } déclarations de personnes dont la partie est inconnue
  }
left-people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
  }
left-contradictions = { $n ->
    [one] { $n } contradiction
   *[other] { $n } contradictions
  }
left-gaps = { $n ->
    [one] { $n } lacune
   *[other] { $n } lacunes
  }
left-judgements = { $n ->
    [one] { $n } jugement
   *[other] { $n } jugements
  }
left-problems = { $n ->
    [one] { $n } problème
   *[other] { $n } problèmes
  }
left-texts = { $n ->
    [one] le texte de { $n } article, hors passages cités
   *[other] les textes de { $n } articles, hors passages cités
  }
export-needs-folder = le format { $format } fait plusieurs fichiers : nommez un dossier avec --output{ $table }
export-needs-folder-table = {""}, ou une table avec --table
export-no-parquet = Ce programme a été construit sans Parquet : construisez-le avec « --features parquet », ou prenez csv ou jsonl.
export-no-table = { $table } : il n’y a pas de telle table ; il y a { $tables }
export-folder-full = { $path } : ce dossier n’est pas vide ; nommez-en un nouveau, ou videz-le
export-is-file = { $path } : c’est un fichier ; il faut un dossier
pdf-needs-browser = il faut Typst, Chromium ou Chrome pour faire un PDF : installez l’un d’eux et veillez à ce qu’il soit dans le PATH, ou exportez en html et imprimez la page
pdf-failed = { $browser } n’a pas fait de PDF : { $fault }
pdf-slow = { $browser } n’a pas fini en { $seconds } secondes
pdf-to-terminal = un PDF n’est pas du texte : nommez un fichier avec --output

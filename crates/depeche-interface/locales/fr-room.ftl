
# Mots de la salle de lecture, en français. Les mêmes clefs que dans en-room.ftl.

# Commande
serve-password = { $path } : lecture du mot de passe impossible ; vérifiez le chemin et les droits d’accès
serve-at = Salle de lecture : { $address } (Ctrl-C pour fermer)
serve-new = { $path } : nouveau dossier ; les articles s’ajoutent dans le navigateur ou par « depeche add »

# Cadre
room-skip = Aller au contenu
room-sections = Rubriques
room-choices = Langue et apparence
room-tools = Le dossier
room-light = Clair
room-dark = Sombre
room-auto = Comme le système
room-search = Chercher
room-search-words = Mots à chercher
room-search-how = Tous les mots, sous toutes leurs formes. « mots qui se suivent », -sans, début*.
room-json = Cette page en JSON
room-read-only = lecture seule
room-leave = Sortir
room-back = Retour à l’accueil
room-login = Entrer
room-password = Mot de passe
room-enter = Entrer

# Rubriques
room-today = Aujourd’hui
room-actors = Acteurs
room-reports = Articles

# Aujourd’hui
room-period = Articles publiés du { $first } au { $last }.
room-behind = Le dossier ne montre pas encore tout ce qu’il garde ; « depeche rebuild » le met à jour.
room-behind-judgements = { $n ->
    [one] Un jugement est enregistré que cette page ne montre pas encore.
   *[other] { $n } jugements sont enregistrés que cette page ne montre pas encore.
  }
room-behind-works = Le dossier est en cours de recalcul ; d’ici là, les pages le montrent tel qu’il était.
room-behind-failed = Le dossier n’a pas pu être recalculé et montre ce qu’il montrait avant. Le prochain jugement relancera le calcul
room-behind-rests = Le programme qui l’a enregistré l’intègre ; sinon, « depeche rebuild » s’en charge.
room-behind-which = Voir
room-empty = Ce dossier est vide. Ajoutez des articles ici, ou par « depeche add ».
room-all-contacts = Tous les contacts
room-news-statuses = { $n ->
    [one] { $n } contact a changé de statut
   *[other] { $n } contacts ont changé de statut
  }
room-news-contacts = { $n ->
    [one] { $n } nouveau contact
   *[other] { $n } nouveaux contacts
  }
room-news-contradictions = { $n ->
    [one] { $n } nouvelle contradiction
   *[other] { $n } nouvelles contradictions
  }
room-news-reports = { $n ->
    [one] { $n } nouvel article
   *[other] { $n } nouveaux articles
  }
room-news-nothing = Rien de nouveau depuis.
room-news-more = Certains ne figurent pas ici ; « depeche changes » les donne tous.
room-news-spans = Depuis quand
room-news-since = Ajouté ou modifié depuis le { $day } :
room-news-all-time = Tout ce que contient le dossier :
room-news-before = Avant :
room-span-day = le dernier jour
room-span-week = une semaine
room-span-month = un mois
room-span-all = depuis le début
room-all-contradictions = Toutes les contradictions
room-all-reports = Tous les articles

# Listes
room-filters = Filtres
room-filter = Filtrer
room-all = Tout montrer
room-any = tous
room-brush = Faites glisser la souris sur l’image pour choisir une période.
room-list = Liste
room-pages = Pages
room-before = ← précédents
room-after = suivants →
room-page-empty = Cette page est vide ; la liste est plus courte.
room-side = Partie
room-actor = Personne
room-kind = Nature
room-status = Statut
room-act = Acte
room-since = Depuis le
room-until = Jusqu’au
room-least = Sources, au moins
room-most = Sources, au plus
room-outlet = Média
room-topic = Mots
room-name = Nom
room-title = Titre
room-published = Publication
room-language = Langue
room-offices = Fonctions
room-also-written = Aussi écrit
room-contact = Contact
room-gap = Lacune
room-cites = citations
room-republishes = reprises
room-image = images
room-first-reports = Premiers articles
room-actors-caption = Personnes, les plus nommées d’abord
room-reports-caption = Articles par jour de publication
room-origins-caption = Origines que les articles nomment, les plus nommées d’abord
room-gaps-caption = Ce qui manque, par contact
room-count-gaps = { $n ->
    [0] aucune lacune
    [one] { $n } lacune
   *[other] { $n } lacunes
  }
room-count-origins = { $n ->
    [0] aucune origine
    [one] { $n } origine
   *[other] { $n } origines
  }
room-same-words = { $n ->
    [one] mêmes mots ailleurs
   *[other] mêmes mots dans { $n } autres déclarations
  }

# Un contact, un acteur, un article
room-about = au sujet de
room-accepted = accepté
room-ledger = Ce qu’en disent les parties
room-history = Histoire du statut
room-told = dit le
room-participants = Participants
room-accounts = Récits
room-in-the-text = dans le texte
room-company = Avec qui
room-byline = Auteur
room-address = Adresse
room-captured = Captures
room-bytes = octets
room-current = celle qui compte
room-lineage = Même texte d’origine
room-legend = Marques
room-mark-contact = contact
room-mark-date = date
room-mark-place = lieu
room-mark-statement = déclaration
room-mark-origin = origine
room-text = Texte de l’article
room-text-cut = Le texte est plus long ; la page en JSON l’a tout entier.
room-sure = confiance { $share }

# Jugements
room-judgements = Jugements
room-count-judgements = { $n ->
    [0] aucun jugement
    [one] { $n } jugement
   *[other] { $n } jugements
  }
room-count-waiting = { $n ->
    [one] Enregistré, pas encore montré : { $n } jugement
   *[other] Enregistrés, pas encore montrés : { $n } jugements
  }
room-judgements-none = Tout ce que dit un contact, une personne, un article ou une déclaration peut être jugé sur sa page.
room-judgement = Jugement
room-judgement-recorded = Enregistré.
room-judgement-works = Le dossier est en cours de recalcul. Vous pouvez continuer : d’ici là, les pages le montrent tel qu’il était.
room-judgement-shown = Enregistré, et le dossier le montre.
room-judgement-undone = Il a été annulé ; le dossier ne le suit plus.
room-judgement-against = Enregistré, mais le dossier ne le suit pas ; la raison figure ci-dessous.
room-judgement-back = Revenir où vous étiez
room-judgement-all = Tous les jugements
room-undo-waiting = son annulation est enregistrée
room-judged-waiting = Enregistré, pas encore montré
room-part = Pas le même contact ?
room-part-it = Un autre contact que le premier récit ici
room-judge = Juger
room-judged = Jugements :
room-author = Qui juge
room-reason = Raison
room-accept = Accepter
room-reject = Rejeter
room-field = Champ
room-value = Nouvelle valeur
room-correct = Corriger
room-other = L’autre : nom ou identifiant
room-same = C’est le même
room-not-same = Ce n’est pas le même
room-note = Remarque
room-note-it = Noter
room-undo = Annuler ce jugement
field-kind = nature
field-status = statut
field-date = date
field-place = lieu
field-sides = parties
field-name = nom
field-gazetteer = identifiant au répertoire
field-published = publication
field-outlet = média
field-title = titre
field-act = acte
field-speaker = locuteur
fault-form-field = Le champ « { $given } » est vide ou trop long.
fault-other-several = « { $given } » en nomme plusieurs ; choisissez dans la liste ou donnez l’identifiant.

# Ajouter
room-add = Ajouter
room-add-files = Des fichiers
room-add-files-how = Pages, textes, messages, archives : .html, .txt, .md, .jsonl, .eml, .mbox, .warc, .mht
room-add-text = Un texte
room-add-limits = Au plus 200 fichiers, 100 adresses et 64 Mo à la fois ; davantage par « depeche add ». La lecture peut prendre quelques minutes.
room-added = Ce qui a été ajouté
room-added-new = Nouvel article
room-added-version = Nouvelle version de
room-added-known = Déjà là
room-add-addresses = Des adresses
room-add-addresses-how = Pages du web, une adresse par ligne
room-add-no-fetch = Cette salle ne va chercher aucune adresse.
room-adding-waiting = En attente : le dossier est déjà en cours de modification.
room-adding-fetching = Les adresses sont demandées…
room-adding-reading = Lecture en cours…
room-adding-resolving = Mise à jour du dossier en cours…
room-adding-done = Terminé : le dossier montre ce qui a été ajouté.
room-adding-failed = L’ajout n’a pas pu être mené à terme ; ce qui figure dans la liste est gardé.
room-adding-again = Voir où cela en est
room-adding-today = Voir ce qui a changé
room-adding-more = Ajouter encore
room-added-more = Et d’autres, qui ne figurent pas ici.
# Exports
room-export = Exporter
room-export-how = Le dossier entier, pour d’autres programmes. Les fichiers sont faits à la demande.
room-export-many = Un dossier de plus de { $n } articles s’exporte par « depeche export ».
fault-export-many = Le dossier est trop grand pour être écrit d’ici en { $given } ; « depeche export » le fait.
format-csv = Tables pour tableurs
format-parquet = Tableaux pour outils de données (pandas, DuckDB, R), à l’identique
format-jsonl = Un objet JSON par ligne, avec tout
format-graphml = Qui a rencontré qui, pour les logiciels de graphes
format-gexf = Qui a rencontré qui au fil du temps, pour Gephi
format-ical = Les contacts comme événements d’un agenda
format-timelinejs = Les contacts pour TimelineJS
format-timesketch = Contacts, déclarations et articles pour Timesketch
format-ftm = Entités de FollowTheMoney, pour Aleph
format-plover = Événements au sens de PLOVER
format-cameo = Événements au sens de CAMEO
format-jsonld = schema.org avec Web Annotation
format-atom = Un fil de ce qui a changé
format-markdown = La note en Markdown
format-html = La note en une page qui se suffit
format-typst = La note pour le papier : notes en bas de page, par Typst
format-svg = La chronologie en image
format-obsidian = Un dossier de notes liées :
format-pdf = La note sur papier :
found-inputs = { $n ->
    [one] { $n } entrée
   *[other] { $n } entrées
  }
found-failures = { $n ->
    [one] { $n } n’a pas pu être lue
   *[other] { $n } n’ont pas pu être lues
  }
fault-add-nothing = Il n’y a ni fichier, ni adresse, ni texte.
fault-add-address = « { $given } » n’est pas une adresse du web ; elle commence par https:// ou http://.
fault-no-fetch = Cette salle ne va chercher aucune adresse.

# Réseau
room-network = Réseau
room-with-side = Avec
room-network-picture = Les parties que des contacts réunissent : plus un trait est épais, plus il y a de contacts
room-matrix-caption = Contacts entre parties, celles qui en ont le plus
room-pairs-caption = Parties que des contacts réunissent
room-count-pairs = { $n ->
    [0] aucune paire de parties
    [one] { $n } paire de parties
   *[other] { $n } paires de parties
  }
room-count-places = { $n ->
    [0] aucun lieu
    [one] { $n } lieu
   *[other] { $n } lieux
  }
room-count-pairs-people = { $n ->
    [0] aucune paire de personnes
    [one] { $n } paire de personnes
   *[other] { $n } paires de personnes
  }
room-count-outlets = { $n ->
    [0] aucun média
    [one] { $n } média
   *[other] { $n } médias
  }
room-quiet = { $n ->
    [one] { $n } jour sans article
   *[other] { $n } jours sans article
  }
room-network-sides = Parties
room-network-people = Personnes
room-map = Carte
room-people-picture = Les personnes que des contacts réunissent : plus un trait est épais, plus il y a de contacts ; plus un disque est grand, plus la personne en a
room-people-caption = Personnes que des contacts réunissent
room-last-on = dernier
room-map-picture = Les lieux des contacts : plus un disque est grand, plus il y a de contacts
room-map-away = Les lieux que le répertoire ne connaît pas ne figurent que dans la liste.
room-places-caption = Lieux des contacts, ceux qui en ont le plus d’abord
room-place = Lieu
room-held = Ont eu lieu
room-coverage = Couverture
room-followed = Sources suivies
room-outlets = Médias
room-about-outlet = Ce que c’est
room-own = Textes propres
room-own-how = Sont propres les textes qui sont les premiers de leur lignée et qui ne reprennent personne.
room-first-published = Premier article
room-last-published = Dernier article
room-outlets-caption = Médias, ceux qui ont le plus d’articles d’abord
room-no-outlet = sans média
room-months-caption = Articles par média et par mois de publication
room-acts-caption = Déclarations par acte et par mois de publication
room-captured-from = capturés du { $first } au { $last }
room-feeds-picture = Qui reprend qui : plus un trait est épais, plus il y a d’articles ; en pointillé quand ce sont surtout des textes entiers
room-owner-state = propriété de l’État
outlet-agency = agence
outlet-newspaper = journal
outlet-broadcaster = radio ou télévision
outlet-site = site
outlet-platform = plateforme
outlet-photo-agency = agence de photos
room-sides = Parties
room-last = Dernier jour

# Fautes
fault-title-unknown = Introuvable
fault-title-refused = Refusé
fault-title-dossier = Le dossier ne répond pas
fault-title-own = Erreur du programme
fault-title-bad = Demande incomprise
fault-unknown = Il n’y a rien sous « { $given } » dans ce dossier.
fault-unknown-advice = Un identifiant peut avoir changé après une relecture ou une fusion ; cherchez par les mots ou par les listes.
fault-bad-advice = Corrigez l’adresse ou repartez d’une liste sans filtre.
fault-query-long = L’adresse a trop de paramètres.
fault-filter-unknown = Il n’y a pas de filtre « { $given } ».
fault-filter-many = Trop de valeurs pour « { $given } ».
fault-filter-label = « { $given } » n’est pas une valeur possible.
fault-filter-number = « { $given } » n’est pas un nombre possible ici.
fault-filter-day = « { $given } » n’est ni un jour, ni un mois, ni une année, comme 2025-08-06, 2025-08 ou 2025.
fault-limit = Une page montre au moins une ligne et au plus { $given }.
fault-unreadable = La demande n’a pu être lue.
fault-missing = Le dossier n’est plus là où il était.
fault-missing-advice = Remettez le fichier à sa place, ou relancez « depeche serve » avec --dossier ; puis rechargez la page.
fault-busy = Le dossier est occupé.
fault-busy-advice = Un autre programme y écrit, ou trop de pages sont demandées à la fois ; rechargez dans un instant.
fault-full = Il n’y a plus de place sur le disque.
fault-full-advice = Rien n’a été changé ; faites de la place et recommencez.
fault-read-only = Le dossier ou son répertoire ne peut être écrit.
fault-read-only-advice = Changez les droits d’accès, ou copiez le dossier ailleurs.
fault-store = Le dossier ne peut être lu ({ $given }).
fault-store-advice = « depeche check » dit ce qui est entier ; remettez une copie saine à sa place et rechargez.
fault-host = Ce nom d’hôte n’est pas celui de cette salle.
fault-origin = Ce formulaire ne vient pas d’une page de cette salle.
fault-token = Ce formulaire est trop vieux ou ne vient pas d’ici.
fault-password = Ce n’est pas le mot de passe.
fault-room-read-only = Cette salle est en lecture seule.
fault-forbidden-advice = Revenez à la page d’où vous venez et rechargez-la ; l’adresse de la salle est celle que « depeche serve » a dite.
fault-closed = Il faut entrer d’abord.
fault-closed-advice = Donnez le mot de passe à la page /login.
fault-too-many = Trop de mots de passe faux.
fault-too-many-advice = Attendez une minute.
fault-too-large = C’est plus que ce que la salle accepte.
fault-too-large-advice = Ajoutez de gros fichiers par « depeche add ».
fault-method = Cela ne se fait pas à cette adresse.
fault-method-advice = Revenez à une page de la salle et servez-vous de ses liens et boutons.
fault-own = Erreur du programme ({ $given }).
fault-own-advice = Rechargez ; si cela se répète, signalez-le avec l’adresse de la page.

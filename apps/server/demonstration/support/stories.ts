/**
 * What customers ask, the longest ago first. Times are minutes of working time: a day has 480, a week 2 400. The 33rd is the
 * reference ticket, which must look the same on every installation.
 */
import type { Priority, TicketTopic } from '#contract/support'

export type Act =
  | { do: 'customer' | 'note'; body: string }
  | { do: 'reply'; body: string; andThen?: 'wait' | 'resolve' }
  | { do: 'take' | 'resolve' | 'reopen' }
  | { do: 'wait'; why: string }
  | { do: 'progress'; progress: number }
  | { do: 'snooze'; days: number }

export type Story = {
  /** Working minutes before now. */
  ago: number
  /** An address, or the how-manieth of the other clients who asks. */
  from: string | number
  subject: string
  says: string
  priority?: Priority
  topic?: TicketTopic
  tags?: readonly string[]
  team?: 'billing' | 'technical'
  /** What whoever asked thought of it, once it was resolved. */
  rating?: { score: number; comment: string }
  /** Their last invoice stands beside it. */
  aboutInvoice?: true
  /** Working minutes after the opening; `by`: a role of the team, support unless told. */
  acts?: readonly (Act & { after: number; by?: string })[]
}

const mireille = 'mireille.thouvenin@example.com'
const odile = 'odile.verneuil@example.com'
const lea = 'lea.fabre@example.com'
const day = 480

/** One question, one answer, and it is done. */
const answered = (minutes: number, body: string, by = 'support'): NonNullable<Story['acts']> => [
  { after: minutes, by, do: 'take' },
  { after: minutes + 1, by, do: 'reply', body, andThen: 'resolve' },
  { after: minutes + 1, by, do: 'progress', progress: 100 },
]

export const stories: readonly Story[] = [
  {
    ago: 19 * day,
    from: 1,
    subject: 'Changer mon adresse de facturation',
    says: 'Bonjour, j’ai déménagé : où changer l’adresse qui figure sur vos factures ?',
    topic: 'billing',
    acts: answered(
      95,
      'Bonjour,\n\nDites-la-nous ici même : nous la corrigeons, et la prochaine facture la portera.',
    ),
  },
  {
    ago: 18 * day + 60,
    from: 2,
    subject: 'Mot de passe oublié',
    says: 'Je ne reçois pas le lien pour choisir un nouveau mot de passe.',
    priority: 'high',
    topic: 'account',
    tags: ['connexion'],
    acts: answered(
      25,
      'Bonjour,\n\nLe lien est parti à 9 h 12 ; il est dans les indésirables. Il vaut une heure.',
    ),
  },
  {
    ago: 17 * day + 200,
    from: mireille,
    subject: 'Exporter les honoraires de l’année',
    rating: { score: 5, comment: 'Réponse claire, et le jour même.' },
    says: 'Ma comptable demande un tableau de tous les paiements de l’année. Est-ce possible ?',
    topic: 'data',
    tags: ['export'],
    acts: [
      { after: 120, do: 'take' },
      {
        after: 130,
        do: 'reply',
        body: 'Bonjour,\n\nOui : **Honoraires**, puis **Paiements**, puis **Exporter**. Le fichier s’ouvre dans un tableur.',
      },
      { after: 400, do: 'customer', body: 'Parfait, mais les remboursements y sont-ils ?' },
      {
        after: 450,
        do: 'reply',
        body: 'Oui, en négatif, avec la date du remboursement.',
        andThen: 'resolve',
      },
      { after: 450, do: 'progress', progress: 100 },
    ],
  },
  {
    ago: 16 * day + 30,
    from: 3,
    subject: 'Rappels par SMS non reçus',
    says: 'Deux patients me disent ne pas avoir reçu leur rappel lundi.',
    priority: 'high',
    topic: 'trouble',
    tags: ['rappels'],
    team: 'technical',
    acts: [
      { after: 20, do: 'take' },
      {
        after: 40,
        do: 'note',
        body: 'Opérateur : retard de 40 min lundi matin entre 8 h et 9 h, tout est parti ensuite.',
      },
      {
        after: 55,
        do: 'reply',
        body: 'Bonjour,\n\nL’opérateur a eu du retard lundi de 8 h à 9 h : les SMS sont partis vers 9 h 40. Rien n’est perdu.',
        andThen: 'resolve',
      },
    ],
  },
  {
    ago: 15 * day + 300,
    from: 4,
    subject: 'Deux praticiens sur le même agenda',
    says: 'Peut-on voir les deux agendas côte à côte ?',
    acts: answered(
      180,
      'Bonjour,\n\nOui : cochez les deux praticiens à gauche de l’agenda, ils se partagent la journée.',
    ),
  },
  {
    ago: 15 * day,
    from: 5,
    subject: 'Facture payée deux fois',
    aboutInvoice: true,
    says: 'Mon prélèvement est passé deux fois en octobre.',
    priority: 'urgent',
    topic: 'billing',
    tags: ['facture', 'prélèvement'],
    team: 'billing',
    acts: [
      { after: 50, by: 'billing', do: 'take' },
      {
        after: 52,
        by: 'billing',
        do: 'reply',
        body: 'Bonjour,\n\nNous vérifions avec la banque, et revenons vers vous aujourd’hui.',
      },
      {
        after: 300,
        by: 'billing',
        do: 'note',
        body: 'Vu avec la banque : double présentation, le second est rejeté.',
      },
      {
        after: 310,
        by: 'billing',
        do: 'reply',
        body: 'Le second prélèvement a été rejeté par votre banque : une seule échéance est payée. Toutes nos excuses.',
        andThen: 'resolve',
      },
    ],
  },
  {
    ago: 14 * day + 120,
    from: 6,
    subject: 'Ajouter une secrétaire',
    says: 'Comment donner un accès à ma secrétaire sans qu’elle lise mes notes ?',
    topic: 'account',
    acts: answered(
      90,
      'Bonjour,\n\nInvitez-la dans **Cabinet**, **Membres**, avec le profil secrétaire : les notes lui sont fermées, par construction.',
    ),
  },
  {
    ago: 13 * day + 240,
    from: odile,
    subject: 'Imprimer la semaine',
    rating: { score: 3, comment: '' },
    says: 'Y a-t-il un moyen d’imprimer l’agenda d’une semaine ?',
    priority: 'low',
    topic: 'idea',
    acts: answered(
      460,
      'Bonjour,\n\nPas encore ; votre demande rejoint les autres. En attendant, l’impression du navigateur suffit en format paysage.',
    ),
  },
  {
    ago: 13 * day,
    from: 7,
    subject: 'Import depuis un autre logiciel',
    says: 'Je viens d’un autre logiciel et j’ai un fichier CSV de mes patients.',
    topic: 'data',
    tags: ['import'],
    acts: [
      { after: 60, do: 'take' },
      {
        after: 70,
        do: 'reply',
        body: 'Bonjour,\n\nTrès bien. Ne joignez pas le fichier ici : il contient des noms. Importez-le depuis **Patients**, **Importer**, et dites-nous ce qui bloque.',
        andThen: 'wait',
      },
      { after: 3 * day, do: 'customer', body: 'C’est fait, 214 lignes, aucune erreur. Merci !' },
      { after: 3 * day + 30, do: 'resolve' },
    ],
  },
  {
    ago: 12 * day + 60,
    from: 8,
    subject: 'Écran blanc à l’ouverture',
    says: 'Depuis ce matin l’application reste blanche sur ma tablette.',
    priority: 'urgent',
    topic: 'trouble',
    tags: ['tablette'],
    team: 'technical',
    acts: [
      { after: 12, do: 'take' },
      {
        after: 15,
        do: 'reply',
        body: 'Bonjour,\n\nQuel navigateur et quelle version, s’il vous plaît ?',
        andThen: 'wait',
      },
      { after: 90, do: 'customer', body: 'C’est une vieille tablette, Safari 14 je crois.' },
      {
        after: 110,
        do: 'reply',
        body: 'Cette version n’est plus tenue à jour. L’application demande Safari 17 au moins ; sur votre téléphone tout fonctionnera.',
        andThen: 'resolve',
      },
    ],
  },
  {
    ago: 11 * day + 200,
    from: 9,
    subject: 'Changer d’offre',
    says: 'Je voudrais passer à l’offre Cabinet au premier du mois.',
    topic: 'billing',
    team: 'billing',
    acts: answered(
      140,
      'Bonjour,\n\nC’est noté pour le premier du mois ; la différence figurera sur la prochaine facture.',
      'billing',
    ),
  },
  {
    ago: 11 * day,
    from: 10,
    subject: 'Numéro RPPS',
    says: 'Mon numéro ADELI apparaît encore sur mes notes d’honoraires, il faut le RPPS.',
    topic: 'account',
    acts: answered(
      200,
      'Bonjour,\n\nSaisissez-le dans **Cabinet**, **Identité** : les notes à venir le porteront, celles qui sont émises ne changent pas.',
    ),
  },
  {
    ago: 10 * day + 120,
    from: mireille,
    subject: 'Bastien ne voit pas ses rendez-vous du samedi',
    says: 'Bonjour,\n\nBastien ne voit pas les rendez-vous du samedi. Est-ce un réglage ?',
    priority: 'high',
    topic: 'trouble',
    tags: ['agenda'],
    acts: [
      { after: 45, do: 'take' },
      {
        after: 58,
        do: 'reply',
        body: 'Bonjour,\n\nSes horaires vont du lundi au vendredi : l’agenda cache les jours fermés. **Agenda**, **Réglages**, **Afficher le week-end**.',
        andThen: 'resolve',
      },
      { after: 500, do: 'customer', body: 'Merci, mais il ne les voit toujours pas sur son téléphone.' },
      { after: 500, do: 'reopen' },
      {
        after: 540,
        do: 'reply',
        body: 'Sur téléphone la semaine glisse d’un doigt : le samedi est le jour suivant. Nous l’indiquerons mieux.',
        andThen: 'resolve',
      },
      { after: 541, do: 'progress', progress: 100 },
    ],
  },
  {
    ago: 10 * day,
    from: 11,
    subject: 'Reçu pour une mutuelle',
    says: 'Une patiente demande un reçu de trois séances d’un coup.',
    topic: 'question',
    tags: ['facture'],
    acts: answered(
      100,
      'Bonjour,\n\nCochez les trois séances dans **À facturer** : une seule note les portera.',
    ),
  },
  {
    ago: 9 * day + 100,
    from: 12,
    subject: 'Message du jour gênant',
    says: 'Le message du jour revient à chaque page.',
    priority: 'low',
    topic: 'trouble',
    acts: answered(
      700,
      'Bonjour,\n\nLa croix le ferme pour la journée ; nous avons corrigé ce qui le faisait revenir.',
    ),
  },
  {
    ago: 9 * day,
    from: 13,
    subject: 'Double authentification perdue',
    says: 'J’ai changé de téléphone et je n’ai plus les codes.',
    priority: 'urgent',
    topic: 'account',
    tags: ['connexion'],
    acts: answered(
      18,
      'Bonjour,\n\nNous vous avons rappelée au numéro connu, comme le veut la règle. Le lien pour un nouvel appareil est parti.',
    ),
  },
  {
    ago: 8 * day + 210,
    from: lea,
    subject: 'Appels notés deux fois',
    rating: { score: 4, comment: 'Merci, un peu long.' },
    says: 'Un appel enregistré apparaît deux fois dans la liste de Mireille.',
    topic: 'trouble',
    tags: ['appels'],
    team: 'technical',
    acts: [
      { after: 120, do: 'take' },
      {
        after: 150,
        do: 'reply',
        body: 'Bonjour Léa,\n\nVous rappelez-vous l’heure de cet appel ?',
        andThen: 'wait',
      },
      { after: day, do: 'customer', body: 'Vers 11 h mardi.' },
      {
        after: day + 100,
        do: 'note',
        body: 'Deux enregistrements à 3 s d’écart : double appui sur le bouton, corrigé depuis.',
      },
      {
        after: day + 110,
        do: 'reply',
        body: 'C’était un double appui, que l’application ignore désormais. Le doublon est retiré.',
        andThen: 'resolve',
      },
    ],
  },
  {
    ago: 8 * day,
    from: 14,
    subject: 'TVA sur les formations',
    says: 'Mes formations sont-elles soumises à TVA dans vos notes ?',
    topic: 'question',
    acts: answered(
      220,
      'Bonjour,\n\nLes soins en sont exonérés, les formations non : votre comptable vous dira si la franchise en base s’applique. L’application suit ce que vous réglez par acte.',
    ),
  },
  {
    ago: 7 * day + 180,
    from: 15,
    subject: 'Supprimer une facture',
    says: 'J’ai fait une note de trop, comment la supprimer ?',
    topic: 'billing',
    tags: ['facture'],
    acts: answered(
      130,
      'Bonjour,\n\nUne note émise ne se supprime pas : annulez-la, la séance redevient à facturer.',
    ),
  },
  {
    ago: 7 * day,
    from: 16,
    subject: 'Créneaux d’urgence',
    says: 'Peut-on réserver des créneaux que la secrétaire ne propose pas ?',
    priority: 'low',
    topic: 'idea',
    acts: answered(900, 'Bonjour,\n\nOui, par un créneau réservé dans vos horaires.'),
  },
  {
    ago: 6 * day + 240,
    from: 17,
    subject: 'Lien de paiement',
    says: 'Proposez-vous le paiement en ligne ?',
    priority: 'low',
    topic: 'idea',
    acts: answered(420, 'Bonjour,\n\nPas encore. Nous vous écrirons quand ce sera le cas.'),
  },
  {
    ago: 6 * day + 40,
    from: 18,
    subject: 'Changer d’adresse de connexion',
    says: 'Je n’ai plus accès à mon ancienne adresse.',
    priority: 'high',
    topic: 'account',
    tags: ['connexion'],
    acts: answered(
      50,
      'Bonjour,\n\nNous vous avons rappelée et l’adresse est changée. Un message est parti à l’ancienne, comme le veut la règle.',
    ),
  },
  {
    ago: 6 * day,
    from: 19,
    subject: 'Sauvegarde de mes données',
    says: 'À quelle fréquence mes données sont-elles sauvegardées ?',
    topic: 'data',
    acts: answered(
      200,
      'Bonjour,\n\nChaque nuit, et à chaque mise à jour. Vous pouvez aussi tout exporter depuis **Cabinet**.',
    ),
  },
  {
    ago: 5 * day + 300,
    from: 20,
    subject: 'Police trop petite',
    says: 'Les caractères sont petits sur mon écran.',
    priority: 'low',
    topic: 'idea',
    acts: answered(300, 'Bonjour,\n\nCtrl et + agrandissent tout, l’application s’y adapte.'),
  },
  {
    ago: 5 * day + 100,
    from: 21,
    subject: 'Erreur à l’impression d’une note',
    says: 'Le PDF ne s’ouvre pas.',
    topic: 'trouble',
    tags: ['facture'],
    team: 'technical',
    acts: answered(
      180,
      'Bonjour,\n\nLe fichier est bon, le lecteur est trop ancien. Ouvrez-le dans le navigateur.',
    ),
  },
  {
    ago: 5 * day,
    from: 22,
    subject: 'Résiliation',
    says: 'Je prends ma retraite en décembre, comment arrêter ?',
    topic: 'billing',
    team: 'billing',
    acts: answered(
      90,
      'Bonjour,\n\nBonne retraite ! L’abonnement s’arrêtera fin décembre ; exportez vos données d’ici là, elles restent les vôtres.',
      'billing',
    ),
  },
  {
    ago: 4 * day + 300,
    from: 23,
    subject: 'Fuseau horaire à La Réunion',
    says: 'Mes rendez-vous s’affichent à l’heure de Paris.',
    topic: 'trouble',
    tags: ['agenda'],
    acts: answered(
      120,
      'Bonjour,\n\nChoisissez Indian/Reunion dans **Cabinet**, **Fuseau** ; les rendez-vous gardent leur heure locale.',
    ),
  },
  {
    ago: 4 * day + 100,
    from: 24,
    subject: 'Prix de l’offre Secrétariat',
    says: 'Combien coûte l’offre pour une secrétaire indépendante ?',
    topic: 'question',
    acts: answered(
      60,
      'Bonjour,\n\nIl figure sur notre page des offres, et le premier mois est gratuit.',
      'sales',
    ),
  },
  {
    ago: 4 * day,
    from: 25,
    subject: 'Rattacher un patient à un parent',
    says: 'Comment noter les deux parents d’un enfant ?',
    acts: answered(150, 'Bonjour,\n\nDans le dossier, **Proches** : chacun avec son rôle, et qui paie.'),
  },
  {
    ago: 3 * day + 300,
    from: 26,
    subject: 'Export comptable illisible',
    says: 'Les accents du CSV sont faux dans mon tableur.',
    topic: 'data',
    tags: ['export'],
    team: 'technical',
    acts: answered(
      300,
      'Bonjour,\n\nÀ l’ouverture, choisissez UTF-8 ; ou prenez l’export pour tableur, qui l’évite.',
    ),
  },
  {
    ago: 3 * day + 150,
    from: 27,
    subject: 'Changer la durée d’une séance',
    says: 'Mes séances passent de 45 à 50 minutes.',
    acts: answered(110, 'Bonjour,\n\n**Agenda**, **Actes** : la durée vaut pour les rendez-vous à venir.'),
  },
  {
    ago: 3 * day + 60,
    from: 28,
    subject: 'Désabonnement des annonces',
    says: 'Je ne souhaite plus recevoir vos annonces.',
    priority: 'low',
    acts: answered(200, 'Bonjour,\n\nC’est fait. Les messages de sécurité, eux, continuent.'),
  },
  {
    ago: 2 * day + 240,
    from: mireille,
    subject: "Test depuis l'application",
    says: "Bonjour,\n\nCeci est un test depuis l'application.\nIl tient sur plusieurs lignes, et compte deux points :\n\n- les retours à la ligne sont conservés ;\n- les listes aussi.\n\nMerci,\nMireille",
    priority: 'urgent',
    topic: 'question',
    tags: ['test'],
    acts: [
      {
        after: 8,
        do: 'reply',
        body: 'Bonjour,\n\nBien reçu.\nNous voyons :\n\n- chaque retour à la ligne ;\n- chaque élément de la liste.',
      },
      { after: 20, do: 'customer', body: 'Parfait.\n\nVous pouvez fermer ce ticket.' },
      { after: 24, do: 'note', body: 'Test de réception depuis l’application, rien à faire.' },
      { after: 26, do: 'reply', body: 'Merci pour ce test,\net bonne journée.', andThen: 'resolve' },
      { after: 26, do: 'progress', progress: 100 },
    ],
  },
  {
    ago: 2 * day + 30,
    from: 29,
    subject: 'Note d’honoraires au mauvais nom',
    says: 'Une note est partie au nom de l’ancien cabinet.',
    priority: 'high',
    topic: 'billing',
    tags: ['facture'],
    team: 'billing',
    acts: [
      { after: 130, by: 'billing', do: 'take' },
      {
        after: 140,
        by: 'billing',
        do: 'reply',
        body: 'Bonjour,\n\nPouvez-vous nous donner le numéro de cette note ?',
        andThen: 'wait',
      },
    ],
  },
  {
    ago: day + 300,
    from: lea,
    subject: 'Accès à un troisième cabinet',
    says: 'Bonjour,\n\nJe commence lundi dans un troisième cabinet. Dois-je créer un autre compte ?',
    topic: 'account',
    acts: [
      { after: 70, do: 'take' },
      {
        after: 80,
        do: 'reply',
        body: 'Bonjour Léa,\n\nNon : le cabinet vous invite à votre adresse, et vous choisissez où travailler en vous connectant. Dites-nous quand l’invitation est arrivée.',
        andThen: 'wait',
      },
    ],
  },
  {
    ago: day + 200,
    from: 30,
    subject: 'Agenda très lent le lundi',
    says: 'L’agenda met plusieurs secondes à s’ouvrir le lundi matin.',
    priority: 'high',
    topic: 'trouble',
    tags: ['agenda'],
    team: 'technical',
    acts: [
      { after: 40, do: 'take' },
      { after: 50, do: 'reply', body: 'Bonjour,\n\nNous mesurons, et revenons vers vous.' },
      { after: 55, do: 'progress', progress: 30 },
      { after: 200, do: 'customer', body: 'Toujours aussi lent ce matin.' },
    ],
  },
  {
    ago: day,
    from: odile,
    subject: 'Reprise de la date du prochain paiement',
    says: 'Ma page indique que la date du prochain paiement est inconnue.',
    topic: 'billing',
    team: 'billing',
    acts: [
      { after: 60, by: 'billing', do: 'take' },
      {
        after: 70,
        by: 'billing',
        do: 'note',
        body: 'Reprise de l’ancien système : à fixer avec elle au prochain appel.',
      },
      {
        after: 90,
        by: 'billing',
        do: 'reply',
        body: 'Bonjour,\n\nL’ancien système ne l’avait pas gardée. Le premier du mois vous convient-il ?',
        andThen: 'wait',
      },
      { after: 200, by: 'billing', do: 'snooze', days: 7 },
    ],
  },
  {
    ago: 400,
    from: 31,
    subject: 'Exporter un dossier pour un confrère',
    says: 'Comment transmettre un dossier à un confrère, avec l’accord de la personne ?',
    topic: 'data',
    tags: ['export'],
  },
  {
    ago: 205,
    from: 32,
    subject: 'Rappels : changer le texte',
    says: 'Peut-on changer le texte des rappels par SMS ?',
    topic: 'question',
    tags: ['rappels'],
  },
  {
    ago: 110,
    from: 33,
    subject: 'Impossible d’émettre une note',
    says: 'Le bouton « Émettre » reste gris.',
    priority: 'high',
    topic: 'trouble',
    tags: ['facture'],
    team: 'technical',
    acts: [{ after: 95, do: 'take' }],
  },
  {
    ago: 52,
    from: mireille,
    subject: 'Un virement n’apparaît pas',
    says: 'Bonjour,\n\nUn virement reçu hier n’apparaît pas dans mes paiements :\n\n- montant : 120 € ;\n- reçu hier matin.',
    priority: 'high',
    topic: 'billing',
    team: 'billing',
  },
  {
    ago: 26,
    from: 34,
    subject: 'Plus aucun accès ce matin',
    says: 'Personne au cabinet ne peut se connecter, la salle d’attente est pleine.',
    priority: 'urgent',
    topic: 'trouble',
    tags: ['connexion'],
    team: 'technical',
    acts: [{ after: 10, do: 'take' }],
  },
  {
    ago: 12,
    from: 35,
    subject: 'Question sur l’offre Cabinet',
    says: 'Combien de praticiens l’offre Cabinet comprend-elle ?',
    priority: 'low',
    topic: 'question',
  },
]

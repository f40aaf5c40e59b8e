/** Mails that came in these last days and stand in no ticket: what waits for a person, and what nobody needs to see. */
import type { WaitingMail } from '#server/support'
import { day, mireille, odile } from './stories/story.ts'

export type MailStory = Omit<WaitingMail, 'at' | 'ticketId' | 'clientId' | 'decidedBy'> & {
  /** Working minutes before now. */
  ago: number
  /** Of the ticket its threading points to. */
  about?: string
  /** The client who has this address. */
  ofClient?: string
}

export const mails: readonly MailStory[] = [
  {
    ago: 20,
    from: { name: 'Paul Vasseur', email: 'paul.vasseur@example.net' },
    subject: 'Passer de mon agenda papier au vôtre',
    body: 'Bonjour,\n\nPsychologue depuis vingt ans, je voudrais essayer :\n\n- puis-je reprendre mes rendez-vous déjà pris ?\n- combien de temps dure l’essai ?\n\nPaul Vasseur',
    state: 'to_confirm',
    why: 'unknown_sender',
  },
  {
    ago: 75,
    from: { name: 'Cabinet comptable Aumont', email: 'contact@aumont.example.org' },
    subject: 'Re: Exporter les honoraires de l’année',
    body: 'Bonjour,\n\nMme Thouvenin nous transmet votre réponse. Les remboursements portent-ils la date du paiement d’origine ?',
    quoted: '> Oui, en négatif, avec la date du remboursement.',
    state: 'to_confirm',
    why: 'other_sender',
    about: 'Exporter les honoraires de l’année',
  },
  {
    ago: 190,
    from: { name: 'Odile Verneuil', email: odile },
    subject: 'Changement de RIB',
    body: 'Bonjour,\n\nMerci de prendre en compte mes nouvelles coordonnées bancaires dès ce mois-ci.',
    state: 'to_confirm',
    why: 'not_authentic',
    ofClient: odile,
  },
  {
    ago: 230,
    from: { name: 'Mireille Thouvenin', email: mireille },
    subject: 'Captures d’écran',
    body: 'Bonjour,\n\nVoici tout ce que je vois, écran par écran.',
    state: 'to_confirm',
    why: 'too_large',
    ofClient: mireille,
    files: [{ name: 'captures.zip', bytes: 48_300_000, mediaType: null }],
  },
  {
    ago: day + 15,
    from: { name: 'Secrétariat des Tilleuls', email: 'secretariat@tilleuls.example.com' },
    subject: 'Deux cabinets, une seule adresse',
    body: 'Bonjour,\n\nNous répondons pour deux praticiennes. Laquelle de leurs factures est en retard ?',
    state: 'to_confirm',
    why: 'several_clients',
  },
  {
    ago: day + 300,
    from: { name: 'Marc', email: 'marc@example.net' },
    subject: 'Re: Mot de passe oublié',
    body: 'Donnez-moi le lien, je suis son associé.',
    state: 'to_confirm',
    why: 'token_wrong',
  },
  {
    ago: 60,
    from: { name: 'Léa Fabre', email: 'lea.fabre@example.com' },
    subject: 'Absence du bureau',
    body: 'Je suis absente jusqu’à lundi et vous répondrai à mon retour.',
    state: 'set_aside',
    why: 'auto_reply',
    about: 'Accès à un troisième cabinet',
    ofClient: 'lea.fabre@example.com',
  },
  {
    ago: 2 * day,
    from: { name: 'Lettre des éditeurs', email: 'lettre@editeurs.example.org' },
    subject: 'Nos rencontres de décembre',
    body: 'Inscrivez-vous aux rencontres des éditeurs de logiciels de santé.',
    state: 'set_aside',
    why: 'list',
  },
  {
    ago: 2 * day + 100,
    from: { name: 'Référencement Express', email: 'offre@referencement.example.net' },
    subject: 'Votre site en première page',
    body: 'Bonjour, nous pouvons vous placer en tête des résultats.',
    state: 'discarded',
    why: 'unknown_sender',
  },
]

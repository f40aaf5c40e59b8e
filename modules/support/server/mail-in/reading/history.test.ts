import { describe, expect, test } from 'vitest'
import { mailNamed, understood } from './mails.ts'

/** What each mail says that is new, and what stands below it. */
const written: Record<string, [body: string, quoted: string[]]> = {
  'gmail-fr': [
    'Bonjour,\n\nC’est **réglé**\u00A0:\n\n- la facture\n- l’[avoir](https://example.com/avoir?a=1&b=2)',
    ['Le\u00A0dim. 22 nov. 2026', '> Votre facture est jointe.'],
  ],
  'gmail-interleaved': [
    'On Sun, Nov 22, 2026 at 10:00 AM MaGestionPsy <support@example.org> wrote:\n\n> Quel navigateur utilisez-vous ?\n\nFirefox.\n\n> Depuis quand ?\n\nDepuis hier.',
    ['> Cordialement'],
  ],
  'gmail-forward': [
    'Est-ce bien de vous ?\n\n---------- Forwarded message ---------\nDe : **Quelqu’un** <quelquun@example.net>\nDate: sam. 21 nov. 2026 à 09:12\nSubject: Votre abonnement\nTo: <odile.perrin@example.com>\n\nPayez tout de suite.',
    [],
  ],
  'outlook-fr': [
    'Bonjour,\n\nDeux choses :\n\n1. l’adresse est fausse\n2. le montant aussi\n\nOdile Perrin',
    [
      '**De :** MaGestionPsy <support@example.org>',
      '**Objet :** Facture de novembre',
      'Votre facture est jointe.',
    ],
  ],
  'outlook-web-en': [
    'It is settled, thank you.',
    ['Odile', '**From:** MaGestionPsy', 'Please find your invoice.'],
  ],
  'outlook-de': [
    'Guten Tag,\n\nalles in Ordnung.\n\nMit freundlichen Grüßen\nOdile Perrin',
    ['-----Ursprüngliche Nachricht-----', 'Betreff: Rechnung', 'Ihre Rechnung liegt bei.'],
  ],
  'outlook-phone-fr': [
    'C’est bon pour moi.',
    ['Télécharger Outlook pour iOS', 'De : MaGestionPsy', 'Votre facture est jointe.'],
  ],
  'apple-fr': ['Merci, c’est réglé.', ['> Votre facture est jointe.']],
  'apple-html': ['Merci\u00A0!', ['> Le 22 nov. 2026', '> Votre facture est jointe.']],
  'iphone-fr': ['Oui, volontiers.\n\nOdile', ['Envoyé de mon iPhone', '> Voulez-vous un rappel ?']],
  'thunderbird-bottom': [
    'Demain matin, s’il vous plaît : je suis au cabinet jusqu’à midi, et ensuite en déplacement.',
    ['Le 22/11/2026', '> Voulez-vous un rappel ?', 'Odile Perrin\nPsychologue'],
  ],
  'thunderbird-interleaved': [
    'Bonjour,\n\nLe 22/11/2026 à 10:00, MaGestionPsy a écrit :\n> Quel navigateur utilisez-vous ?\nFirefox.\n\n> Depuis quand ?\nDepuis hier.',
    ['> Cordialement', 'Odile'],
  ],
  'thunderbird-html': ['Je préfère demain.', ['Le 22/11/2026', '> Voulez-vous un rappel ?', 'Odile Perrin']],
  yahoo: ['Bien reçu.', ['a écrit :', 'Votre facture est jointe.']],
  'new-with-quote': [
    'Bonjour, votre page dit :\n\n> Une erreur est survenue.\n\nQue faire ?\n\n- recharger ?\n- attendre ?',
    [],
  ],
  'only-history': ['> Votre facture est jointe.', []],
}

describe('what is new is told apart from the history below it', () => {
  test.for(Object.entries(written))('%s', async ([name, [body, below]]) => {
    const mail = await understood(mailNamed(name))
    expect(mail.body).toBe(body)
    for (const words of below) expect(mail.quoted).toContain(words)
    if (below.length === 0) expect(mail.quoted).toBe('')
  })
})

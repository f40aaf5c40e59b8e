import type { DunningSettings } from '#contract/billing'

/** What a company writes to who is late, to begin with. */
export const demonstrationLetters: DunningSettings['steps'] = [
  {
    daysLate: 7,
    subject: 'Facture {{invoice.number}} : un oubli ?',
    body: `Bonjour,

Sauf erreur de notre part, la facture {{invoice.number}} du {{invoice.issued_on}}, d’un montant de {{invoice.amount}}, était à régler le {{invoice.due_on}}. Il reste {{invoice.outstanding}} à régler.

Si votre règlement est parti entre-temps, ne tenez pas compte de ce message. Sinon, vous pouvez régler par virement, en indiquant le numéro de la facture :
IBAN {{company.iban}}
BIC {{company.bic}}

Bien cordialement,
{{company.name}}`,
    withPenalties: false,
  },
  {
    daysLate: 20,
    subject: 'Facture {{invoice.number}} : deuxième rappel',
    body: `Bonjour,

La facture {{invoice.number}}, à régler le {{invoice.due_on}}, a maintenant {{days_late}} jours de retard. Il reste {{invoice.outstanding}} à régler.

Merci de régler cette somme sous huit jours, par virement à l’IBAN {{company.iban}} (BIC {{company.bic}}), en indiquant le numéro de la facture. Si quelque chose vous en empêche, répondez à ce message : nous chercherons une solution avec vous.

Bien cordialement,
{{company.name}}`,
    withPenalties: false,
  },
  {
    daysLate: 45,
    subject: 'Facture {{invoice.number}} : mise en demeure',
    body: `Bonjour,

Malgré nos rappels, la facture {{invoice.number}} du {{invoice.issued_on}}, échue le {{invoice.due_on}}, reste impayée à hauteur de {{invoice.outstanding}}. Nous vous mettons en demeure de régler la somme de {{total_due}} sous huit jours.

{{claim}}

Par virement, en indiquant le numéro de la facture :
IBAN {{company.iban}}
BIC {{company.bic}}

Sans règlement de votre part, nous nous réservons le droit de suspendre le service et de recouvrer cette somme par toute voie de droit.

{{company.name}}`,
    withPenalties: true,
  },
]

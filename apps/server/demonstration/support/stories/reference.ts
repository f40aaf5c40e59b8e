/** The reference ticket, the 33rd, which must look the same on every installation. */
import { day, mireille, type Story } from './story.ts'

export const reference: Story = {
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
}

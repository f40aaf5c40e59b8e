/** Mail, both ways, through a real mailbox and a real SMTP server: in, answered, doubted, lost, and come back. */
import type { Page } from '@playwright/test'
import { aClient } from './run/clients.ts'
import { aBounce, aLetter } from './run/letters.ts'
import { supportEmail, test } from './run/post.ts'
import { axeViolations, isTooWide, settled } from './run/screens.ts'
import { expect } from './run/test.ts'

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

// Undo stands for fifteen seconds, and here it is waited out more than once.
test.describe.configure({ timeout: 240_000 })

let made = 0
/** A client with an address of their own. @param by a page of somebody with clients.write */
async function someone(by: Page, firstName: string, lastName: string) {
  const email = `client.${++made}.${Date.now()}@example.com`
  await by.goto('/')
  const { id } = await aClient(by, { firstName, lastName, email, status: 'active' })
  return { id, email, name: `${firstName} ${lastName}`, from: `${firstName} ${lastName} <${email}>` }
}

async function wellMade(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

const toast = (page: Page) => page.getByRole('region', { name: 'Notifications' })
const thread = (page: Page) => page.getByRole('list', { name: 'Conversation' })
const reply = (page: Page) => page.getByRole('textbox', { name: 'Réponse au client' })
const mails = (page: Page) => page.getByRole('list', { name: 'E-mails', exact: true })
const mail = (page: Page) => page.getByRole('region', { name: 'E-mail reçu' })

test('a client’s mail becomes a ticket while one looks on; the answer leaves by mail, and theirs to it finds the ticket', async ({
  open,
  post,
}) => {
  const page = await open('support')
  const odile = await someone(page, 'Odile', 'Fournier')
  await page.goto('/tickets?queue=unassigned&sort=-opened')
  await settled(page)
  const asked = aLetter({
    from: odile.from,
    to: supportEmail,
    subject: 'Les SMS ne partent plus',
    text: 'Bonjour,\n\nrien ne part :\n\n- ni les rappels\n- ni les annulations\n\nMerci',
    file: { name: 'ecran.png', type: 'image/png', base64: onePixel },
  })
  post.deliver(asked)
  const row = page.getByRole('row', { name: /Les SMS ne partent plus/ })
  await expect(row).toContainText('Nouveau', { timeout: 60_000 })
  // Whoever wrote is told that it came.
  const received = await post.leftFor(odile.email)
  expect(received.headers.get('auto-submitted')).toMatch(/auto-replied|auto-generated/)

  await row.click()
  const [first] = [thread(page).getByRole('listitem').first()]
  await expect(first.getByRole('listitem').filter({ hasText: 'ni les' })).toHaveText([
    'ni les rappels',
    'ni les annulations',
  ])
  await expect(first).toContainText(odile.email)
  await expect(first.getByRole('img', { name: 'ecran.png' })).toBeVisible()
  await expect(page.getByText(`Part par e-mail à ${odile.email}`)).toBeVisible()
  await wellMade(page)

  await reply(page).fill('Bonjour,\n\nvoici :\n\n1. ouvrez les réglages\n2. **relancez**')
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click()
  await expect(thread(page)).toContainText(/Part dans \d+/)
  const answer = await post.leftFor(odile.email, ({ text }) => text?.includes('ouvrez les réglages') ?? false)
  expect(answer.inReplyTo).toBe(asked.messageId)
  expect(answer.html).toContain('<strong>relancez</strong>')
  const back = answer.replyTo?.value[0]?.address ?? ''
  expect(back).toMatch(/^support\+\d+-[a-z2-7]+@/)
  await expect(thread(page)).toContainText(`par e-mail à ${odile.email}`)

  // Its program has dropped what it answers: the address alone says where it belongs.
  post.deliver(
    aLetter({
      from: odile.from,
      to: back,
      subject: 'Merci',
      text: `C’est reparti.\n\nLe lun. 2 nov. 2026 à 10:00, Support <${supportEmail}> a écrit :\n> Bonjour,\n> voici :`,
    }),
  )
  const last = thread(page).locator('> li').last()
  await expect(last).toContainText('C’est reparti.', { timeout: 60_000 })
  await expect(last.getByText('Bonjour,')).toBeHidden()
  await last.getByText('Historique cité').click()
  await expect(last.getByText('Bonjour,')).toBeVisible()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/support-mail-thread-1440.png' })
})

test('an address nobody knows waits for a person: by keyboard it is given to a client, and one in a client’s name joins no ticket by itself', async ({
  open,
  post,
}) => {
  const page = await open('support')
  const paul = await someone(page, 'Paul', 'Renaud')
  await page.goto('/support/mail')
  await settled(page)
  // Its pages are a demonstration's, which reads none itself: that mail comes in is the worker's doing.
  await expect(page.getByText('Aucune boîte n’est relevée ;')).toBeVisible()
  post.deliver(
    aLetter({
      from: 'Cabinet Renaud <cabinet.renaud@example.org>',
      to: supportEmail,
      subject: 'Re: Une question de facture',
      text: 'Bonjour, où est ma facture ?',
    }),
  )
  const line = mails(page).getByRole('link', { name: /cabinet renaud/i })
  await expect(line).toContainText('Adresse inconnue', { timeout: 60_000 })
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/support-mail-1440.png' })
  await line.click()
  await expect(mail(page)).toContainText('cabinet.renaud@example.org')
  await expect(mail(page)).toContainText('Aucun client ni membre de cabinet')
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Nouveau ticket' })
  await expect(dialog.getByRole('textbox', { name: 'Objet' })).toHaveValue('Une question de facture')
  await dialog.getByRole('combobox', { name: 'Client' }).fill(paul.email)
  await page.getByRole('option', { name: /Paul Renaud/ }).click()
  await wellMade(page)
  await page.keyboard.press('Control+Enter')
  await expect(toast(page)).toContainText(/Ticket n° \d+ ouvert avec cet e-mail/)
  await expect(line).toHaveCount(0)
  await toast(page).getByRole('button', { name: 'Voir le ticket' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Une question de facture/ })).toBeVisible()
  await expect(thread(page)).toContainText('où est ma facture')
  const number = /#(\d+)/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[1] ?? ''

  // Answered, so that there is an address to answer to; and somebody else has got hold of it.
  await reply(page).fill('Elle est dans votre espace.')
  await reply(page).press('Control+Enter')
  const answer = await post.leftFor(
    'cabinet.renaud@example.org',
    ({ text }) => text?.includes('votre espace') ?? false,
  )
  post.deliver(
    aLetter({
      from: 'Paul Renaud <paul.renaud@example.net>',
      to: answer.replyTo?.value[0]?.address ?? '',
      subject: `Re: ${answer.subject ?? ''}`,
      text: 'Envoyez-moi tout à cette adresse.',
      inReplyTo: answer.messageId ?? '',
    }),
  )
  await page.goto('/tickets')
  const tab = page.getByRole('link', { name: /E-mails à confirmer/ })
  await expect(tab).toBeVisible({ timeout: 60_000 })
  await tab.click()
  const other = mails(page).getByRole('link', { name: /paul\.renaud|Paul Renaud/ })
  await expect(other).toContainText('Écrit d’une autre adresse que celle du ticket', { timeout: 60_000 })
  await other.click()
  await mail(page)
    .getByRole('button', { name: `Ajouter au ticket n° ${number}` })
    .click()
  await expect(toast(page)).toContainText(`E-mail ajouté au ticket n° ${number}`)
  await expect(other).toHaveCount(0)
  await page.goto('/support/mail?state=filed')
  await expect(mails(page).getByRole('link', { name: /Paul Renaud/ })).toBeVisible()
  await expect(mail(page)).toContainText('Décidé par Karim Benali')
})

test('what did not arrive is said on the answer itself, with what to do', async ({ open, post }) => {
  const page = await open('support')
  const lea = await someone(page, 'Léa', 'Perdue')
  post.deliver(aLetter({ from: lea.from, to: supportEmail, subject: 'Mon compte', text: 'Bonjour' }))
  await page.goto('/tickets?queue=unassigned&sort=-opened&q=Mon+compte')
  const row = page.getByRole('row', { name: /Mon compte/ }).filter({ hasText: lea.name })
  await expect(row).toBeVisible({ timeout: 60_000 })
  await row.click()
  // Whoever answers before they can have read is shown what stands there first.
  await expect(thread(page)).toContainText('Bonjour')
  await reply(page).fill('Votre compte est ouvert.')
  await reply(page).press('Control+Enter')
  const answer = await post.leftFor(lea.email, ({ text }) => text?.includes('est ouvert') ?? false)
  post.deliver(
    aBounce({
      messageId: answer.messageId ?? '',
      recipient: lea.email,
      said: '550 5.1.1 User unknown',
      to: answer.replyTo?.value[0]?.address ?? '',
    }),
  )
  const said = thread(page).locator('> li').filter({ hasText: 'Votre compte est ouvert.' })
  await expect(said).toContainText(`N’est pas arrivé à ${lea.email}`, { timeout: 60_000 })
  await expect(said).toContainText('User unknown')
  await expect(said.getByRole('link', { name: 'Voir la fiche du client' })).toBeVisible()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/support-mail-bounce-1440.png' })
  // Nobody is to decide on a machine's mail.
  await page.goto('/support/mail?state=set_aside')
  await expect(
    mails(page)
      .getByRole('link', { name: /Undelivered/ })
      .first(),
  ).toContainText('Avis de non-remise')
})

test('what answers by itself, and our own words come back, open no ticket and are answered by nobody', async ({
  open,
  post,
}) => {
  const page = await open('support', phone)
  const zoe = await someone(page, 'Zoé', 'Absente')
  post.deliver(aLetter({ from: zoe.from, to: supportEmail, subject: 'Mon agenda', text: 'Bonjour' }))
  await post.leftFor(zoe.email)
  // Her mailbox answers by itself; and a redirection hands ours back.
  post.deliver(
    aLetter({
      from: zoe.from,
      to: supportEmail,
      subject: 'Absence de Zoé',
      text: 'Je suis absente.',
      headers: ['Auto-Submitted: auto-replied'],
    }),
  )
  post.deliver(post.sentBack(zoe.email))
  await page.goto('/support/mail?state=set_aside')
  const away = mails(page).getByRole('link', { name: /Absence de Zoé/ })
  await expect(away).toContainText('Réponse automatique', { timeout: 60_000 })
  const own = mails(page).getByRole('link', { name: /Notre propre e-mail, revenu/ })
  await expect(own.first()).toBeVisible({ timeout: 60_000 })
  await wellMade(page)
  await away.click()
  await expect(mail(page)).toContainText('Je suis absente.')
  await expect(mails(page)).toBeHidden()
  await wellMade(page)
  await page.screenshot({ path: 'screenshots/support-mail-390.png' })
  await page.getByRole('link', { name: 'Revenir à la liste' }).click()
  await expect(mails(page)).toBeVisible()
  expect(post.countFor(zoe.email)).toBe(1)
})

test('what is discarded comes back at one press, and the keys go on with the next', async ({
  open,
  post,
}) => {
  const page = await open('support')
  for (const subject of ['Publicité une', 'Publicité deux'])
    post.deliver(
      aLetter({
        from: `Réclame <${subject.slice(-4).trim()}@example.org>`,
        to: supportEmail,
        subject,
        text: 'Achetez.',
      }),
    )
  await page.goto('/support/mail?q=Publicit%C3%A9')
  await expect(mails(page).getByRole('link')).toHaveCount(2, { timeout: 60_000 })
  await settled(page)
  await page.keyboard.press('j')
  await expect(mails(page).getByRole('link').first()).toBeFocused()
  await page.keyboard.press('e')
  await expect(toast(page)).toContainText('E-mail de Réclame écarté')
  await expect(mails(page).getByRole('link')).toHaveCount(1)
  await expect(mails(page).getByRole('link').first()).toBeFocused()
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(mails(page).getByRole('link')).toHaveCount(2)
})

test('a client is written to from their page: taken back, then past the warning about a patient, and the answer is waited for', async ({
  open,
  post,
}) => {
  const page = await open('support')
  const nadia = await someone(page, 'Nadia', 'Kessler')
  await page.goto(`/clients/${nadia.id}`)
  await page.getByRole('link', { name: 'Contacter' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Écrire à un client' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(nadia.email)
  await page.getByRole('textbox', { name: 'Objet' }).fill('Votre abonnement')
  const words = page.getByRole('textbox', { name: 'Message' })
  await words.fill('Bonjour,\n\nau sujet de Mme Durand :')
  await expect(page.getByText('Ce texte semble parler d’un patient')).toBeVisible()
  await wellMade(page)
  await words.press('Control+Enter')
  // It has not left: the warning has the focus.
  await expect(page.getByRole('status', { name: 'Données de patient' })).toBeFocused()
  await words.fill('Bonjour,\n\nvotre abonnement **se termine**.')
  await words.press('Control+Enter')
  await expect(toast(page)).toContainText('E-mail envoyé à Nadia Kessler')
  await toast(page).getByRole('button', { name: 'Annuler l’action' }).click()
  await expect(words).toHaveValue('Bonjour,\n\nvotre abonnement **se termine**.')

  await words.fill('Bonjour,\n\nau sujet de Mme Durand, comme convenu.')
  await page.getByRole('button', { name: 'Envoyer quand même' }).click()
  const card = page.getByRole('region', { name: 'Tickets', exact: true })
  await expect(card).toContainText('Votre abonnement')
  await expect(card).toContainText('En attente')
  await expect(page.getByRole('region', { name: 'Historique' })).toContainText('a écrit au client par e-mail')
  const left = await post.leftFor(nadia.email)
  expect(left.text).toContain('comme convenu')
  expect(post.countFor(nadia.email)).toBe(1)
  await card.getByRole('link', { name: /Votre abonnement/ }).click()
  await expect(thread(page)).toContainText('Envoyé malgré l’alerte')
  post.deliver(
    aLetter({
      from: nadia.from,
      to: supportEmail,
      subject: 'Re: …',
      text: 'Bien reçu.',
      inReplyTo: left.messageId ?? '',
    }),
  )
  await expect(thread(page)).toContainText('Bien reçu.', { timeout: 60_000 })
  await expect(page.getByRole('main').locator('header').first()).not.toContainText('En attente')
})

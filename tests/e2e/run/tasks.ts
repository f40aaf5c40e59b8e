/** How each task of docs/people.md is done with a mouse, from the page its role lands on, and how one sees that it is. */
import { expect, type Page } from '@playwright/test'
import type { BuiltInRole } from '#contract/access'
import type { TestCluster } from '../../harness/cluster.ts'
import { asAdmin } from './as-admin.ts'
import { aClient } from './clients.ts'
import { aRequest } from './requests.ts'
import { downloadOf } from './downloads.ts'
import { comeIn, invited, linkMailedTo } from './team.ts'

export type Stage = {
  page: Page
  /** Somebody else, who prepares what the task is about. */
  maker: Page
  /** A browser of nobody yet. */
  openAnother: () => Promise<Page>
  database: TestCluster
}

type Task = (stage: Stage) => Promise<void>

export const tasks: Record<BuiltInRole, Record<string, Task>> = {
  direction: {
    'See how the month goes against the last one': async ({ page }) => {
      const revenue = page.getByRole('region', { name: 'Chiffre d’affaires du mois' })
      await expect(revenue).toContainText(/par rapport (à|au) .*/)
    },
    'See which invoices are late': async ({ page }) => {
      await page.getByRole('link', { name: /factures? en retard/ }).click()
      await expect(page).toHaveURL('/unpaid')
      await expect(rows(page).first()).toContainText(/jours?/)
    },
    'See who stopped paying this month': async ({ page }) => {
      const churn = page.getByRole('region', { name: 'Résiliations' })
      await churn.getByRole('link').first().click()
      await expect(page).toHaveURL(/stoppedPaying=/)
    },
    'Show the figures to a meeting, full screen': async ({ page }) => {
      await page.getByRole('button', { name: 'Mode réunion' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-meeting', '')
    },
    "Hand over the month's figures as a file": async ({ page }) => {
      await page.getByRole('button', { name: 'Exporter' }).click()
      await downloadOf(page, page.getByRole('menuitem', { name: 'Chiffres (CSV)' }))
    },
  },
  support: {
    'Answer the next ticket': async ({ page }) => {
      // Their own, or what is open where none is theirs: decided once the list has come.
      await expect(page).toHaveURL(/\/tickets\?queue=(mine|open)$/)
      await rows(page).first().click()
      await page.getByRole('textbox', { name: 'Réponse au client' }).click()
      await page.keyboard.type('Bonjour, nous regardons.')
      await page.getByRole('button', { name: 'Envoyer', exact: true }).click()
      await expect(page.getByText('Réponse envoyée')).toBeVisible()
    },
    'Find a client by a piece of the name, misspelt': async ({ page, maker }) => {
      await aClient(maker, person('Quemener'))
      await menu(page, 'Clients')
      await openFound(page, 'quemner', 'Quemener')
    },
    'See what happened to a client, newest first': async ({ page, maker }) => {
      await aClient(maker, person('Riboulet'))
      await menu(page, 'Clients')
      await openFound(page, 'riboulet', 'Riboulet')
      await expect(page.getByText('Claire Fontaine a créé la fiche')).toBeVisible()
    },
    "Correct a client's telephone number": async ({ page, maker }) => {
      await aClient(maker, person('Sabatier'))
      await menu(page, 'Clients')
      await search(page, 'sabatier')
      await rowOf(page, 'Sabatier').hover()
      await rowOf(page, 'Sabatier').getByRole('button', { name: 'Modifier' }).click()
      await page.getByLabel('Téléphone').click()
      await page.keyboard.type('06 39 98 44 55')
      await page.getByRole('button', { name: 'Enregistrer' }).click()
      await expect(page.getByText(/modifications enregistrées/)).toBeVisible()
    },
    'See what the client sees': async ({ page }) => {
      await menu(page, 'Clients')
      await search(page, 'thouvenin')
      await rowOf(page, 'Thouvenin').click()
      await page.getByRole('button', { name: 'Prendre la place d’un membre' }).click()
      await page.getByLabel('Motif').click()
      await page.keyboard.type('Son agenda reste vide depuis ce matin')
      await page.getByRole('button', { name: 'Entrer', exact: true }).click()
      const band = page.getByRole('region', { name: 'Assistance en cours' })
      await expect(band).toContainText('pour Mireille Thouvenin')
      // Out again, by a key: what follows is somebody else's.
      await band.getByRole('button', { name: 'Terminer' }).press('Enter')
      await expect(page).toHaveURL(/\/impersonations\//)
    },
  },
  billing: {
    'See who owes money, since when and how much': async ({ page }) => {
      await expect(rows(page).first()).toContainText(/jours?.*€/)
    },
    'Open the late invoice that is the oldest': async ({ page }) => {
      await rows(page).first().click()
      await expect(page.getByRole('heading', { level: 1, name: /^Facture FA-/ })).toBeVisible()
    },
    'Reach the client who owes it': async ({ page }) => {
      await rows(page).first().click()
      await page.getByRole('main').locator('a[href^="/clients/"]').click()
      await expect(page.getByRole('heading', { name: 'Coordonnées' })).toBeVisible()
    },
    'Find an invoice by its number': async ({ page }) => {
      const response = await page.request.get('/api/v1/invoices?state=overdue&limit=1')
      const { rows: late } = (await response.json()) as { rows: { number: string }[] } // its contract
      const number = late[0]?.number ?? ''
      await search(page, number)
      await rowOf(page, number).click()
      await expect(page.getByRole('heading', { level: 1, name: `Facture ${number}` })).toBeVisible()
    },
    'Issue an invoice': async ({ page, maker }) => {
      const address = { address: '12, rue des Tilleuls', postalCode: '54000', city: 'Nancy' }
      await aClient(maker, { ...person('Baudoin'), ...address, siret: '73282932000074' })
      await page.getByRole('link', { name: 'Nouvelle facture' }).click()
      await page.getByRole('combobox', { name: 'Client' }).click()
      await page.keyboard.type('baudoin')
      await page.getByRole('option', { name: /Baudoin/ }).click()
      await expect(page.getByRole('textbox', { name: 'Désignation, ligne 1', exact: true })).toBeFocused()
      await page.keyboard.type('Guide imprimé')
      for (let cell = 0; cell < 3; cell++) await page.keyboard.press('Tab')
      await page.keyboard.type('24,17')
      await page.getByRole('button', { name: 'Finaliser' }).click()
      await page.getByRole('button', { name: /^Finaliser FA-/ }).click()
      await expect(page.getByRole('heading', { level: 1, name: /^Facture FA-/ })).toBeVisible()
    },
  },
  sales: {
    'See the prospects': async ({ page }) => {
      await expect(page).toHaveURL(/status=prospect/)
      await expect(rows(page).first()).toContainText('Prospect')
    },
    'See the trials that end soonest': async ({ page }) => {
      await page.getByRole('button', { name: 'Essais à échéance' }).click()
      await expect(page.getByRole('columnheader', { name: 'Fin de l’essai' })).toHaveAttribute(
        'aria-sort',
        'ascending',
      )
    },
    'Make a client of a prospect': async ({ page, maker }) => {
      await aClient(maker, person('Aaron'))
      await rowOf(page, 'Aaron')
        .getByRole('button', { name: /^Actions pour/ })
        .click()
      await page.getByRole('menuitemcheckbox', { name: 'Client' }).click()
      await expect(page.getByText(/passé au statut/)).toBeVisible()
    },
    'Write down somebody met at a fair': async ({ page }) => {
      await page.getByRole('link', { name: 'Nouveau client' }).click()
      await expect(page.getByLabel('Nom', { exact: true })).toBeFocused()
      await page.keyboard.type('Teyssier')
      await page.getByLabel('E-mail').click()
      await page.keyboard.type('teyssier.salon@example.com')
      await page.getByRole('button', { name: 'Créer le client' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Teyssier' })).toBeVisible()
    },
    'Take a list of prospects along as a file': async ({ page }) => {
      await page.getByRole('button', { name: 'Exporter' }).click()
      await downloadOf(page, page.getByRole('menuitem', { name: 'Fichier CSV' }))
    },
  },
  administrator: {
    'See what is wrong this morning': async ({ page }) => {
      await expect(page.getByRole('region', { name: 'Alertes prioritaires' })).toBeVisible()
    },
    'Import the clients of an old system': async ({ page }) => {
      await menu(page, 'Clients')
      await page.getByRole('link', { name: 'Importer' }).click()
      await chooseFile(page, { name: 'anciens.csv', mimeType: 'text/csv', buffer: Buffer.from(oldList) })
      await page.getByRole('button', { name: 'Lancer un essai' }).click()
      await page.getByRole('button', { name: 'Importer 1 client' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Import terminé' })).toBeVisible()
    },
    'Invite a colleague': async ({ page }) => {
      await menu(page, 'Équipe')
      await page.getByRole('link', { name: 'Inviter' }).click()
      await expect(page.getByLabel('Prénom')).toBeFocused()
      for (const [index, typed] of ['Ninon', 'Labarre', 'ninon.labarre@example.com'].entries()) {
        if (index > 0) await page.keyboard.press('Tab')
        await page.keyboard.type(typed)
      }
      await page.getByRole('checkbox', { name: 'Commercial' }).click()
      await page.getByRole('button', { name: 'Envoyer l’invitation' }).click()
      await expect(page.getByText(/Invitation envoyée à ninon/)).toBeVisible()
    },
    'Change what a colleague may do, seeing first what it changes': async ({ page, maker }) => {
      await invited(maker, { firstName: 'Basile', lastName: 'Aubin', role: 'support' })
      await menu(page, 'Équipe')
      await giveRole(page, 'Aubin', 'Facturation')
    },
    'End the sessions of a colleague whose laptop is gone': async ({ page, maker, openAnother }) => {
      const { email } = await invited(maker, { firstName: 'Denise', lastName: 'Abadie', role: 'support' })
      const laptop = await openAnother()
      await laptop.goto(await linkMailedTo(maker, email, '/invitation'))
      await comeIn(laptop)
      await menu(page, 'Équipe')
      await rowOf(page, 'Abadie')
        .getByRole('button', { name: /^Actions pour/ })
        .click()
      await page.getByRole('menuitem', { name: 'Terminer les sessions' }).click()
      await expect(page.getByText('Une session terminée')).toBeVisible()
      await expect(laptop).toHaveURL(/\/sign-in/)
    },
  },
  technical_administrator: {
    'See who changed something today': seeTheLog,
    'Let an address in again that was blocked by mistake': async ({ page, database }) => {
      await asAdmin(
        database,
        `INSERT INTO address_blocks (network, reason, until)
         VALUES ('203.0.113.9', 'too_many_failures', now() + interval '1 hour')`,
      )
      await menu(page, 'Sécurité')
      await page.getByRole('tab', { name: /Adresses bloquées/ }).click()
      await rowOf(page, '203.0.113.9').hover()
      await rowOf(page, '203.0.113.9').getByRole('button', { name: 'Débloquer' }).click()
      await expect(page.getByText('203.0.113.9 peut de nouveau se connecter')).toBeVisible()
    },
    "Approve the reset of a colleague's lost second factor": async ({ page, maker, database }) => {
      const { id } = await invited(maker, { firstName: 'Lucienne', lastName: 'Ozanne', role: 'support' })
      await asAdmin(
        database,
        `INSERT INTO staff_factor_resets (staff_id, reason) VALUES ('${id}', 'Téléphone volé')`,
      )
      await menu(page, 'Sécurité')
      await page.getByRole('link', { name: /second facteur perdu attend/ }).click()
      await rowOf(page, 'Ozanne').hover()
      await rowOf(page, 'Ozanne').getByRole('button', { name: 'Approuver' }).click()
      await expect(page.getByText('Réinitialisation approuvée pour Lucienne Ozanne')).toBeVisible()
    },
    "See which practice's database needs somebody, and what for": async ({ page }) => {
      await menu(page, 'Espaces')
      await page.getByRole('link', { name: /À surveiller/ }).click()
      await rowOf(page, 'Caroline Fontaine').click()
      await expect(page.getByText('notes_essai')).toBeVisible()
    },
  },
  compliance: {
    'Answer a request within its deadline': async ({ page }) => {
      const { number } = await aRequest(page, { name: 'Urbain Vauquelin', identified: true })
      await page.getByRole('main').getByRole('searchbox').focus()
      await page.keyboard.type(String(number))
      await rowOf(page, 'Vauquelin').click()
      await page.getByRole('button', { name: 'Enregistrer la réponse' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer la réponse' }).click()
      await expect(page.getByText('Réponse enregistrée')).toBeVisible()
    },
    'Find the person who asks': async ({ page, maker }) => {
      await aClient(maker, person('Vasselin'))
      await menu(page, 'Clients')
      await openFound(page, 'vasselin', 'Vasselin')
    },
    'See everything that happened to their file': async ({ page, maker }) => {
      await aClient(maker, person('Wolfram'))
      await menu(page, 'Clients')
      await openFound(page, 'wolfram', 'Wolfram')
      await expect(page.getByRole('heading', { name: 'Historique' })).toBeVisible()
    },
    'Take somebody out of sight': async ({ page, maker }) => {
      await aClient(maker, person('Xaintrailles'))
      await menu(page, 'Clients')
      await search(page, 'xaintrailles')
      await rowOf(page, 'Xaintrailles').hover()
      await rowOf(page, 'Xaintrailles').getByRole('button', { name: 'Mettre à la corbeille' }).click()
      await expect(page.getByText(/est dans la corbeille/)).toBeVisible()
    },
    'See who put clients into the trash': async ({ page }) => {
      await menu(page, 'Journal d’audit')
      await oneKindOfAction(page, /corbeille/)
    },
  },
  auditor: {
    'Read the log, newest first': async ({ page }) => {
      await expect(page.getByRole('heading', { level: 1, name: 'Journal d’audit' })).toBeVisible()
      await expect(rows(page)).not.toHaveCount(0)
    },
    'See one kind of action only': async ({ page }) => {
      await oneKindOfAction(page, /corbeille/)
    },
    'Go from an entry to the client it is about': async ({ page, maker }) => {
      await aClient(maker, person('Yvonnet'))
      await page.locator('main a[href^="/clients/"]').first().click()
      await expect(page.getByRole('heading', { name: 'Coordonnées' })).toBeVisible()
    },
    'Go from a figure of the dashboard to its lines': async ({ page }) => {
      await menu(page, 'Tableau de bord')
      await page.getByRole('region', { name: 'Reste à encaisser' }).getByRole('link').first().click()
      await expect(page).toHaveURL(/state=unpaid/)
    },
    'Prove that an entry was not altered': async ({ page }) => {
      const sealed = rows(page).filter({ hasText: /n°\s\d/ })
      await sealed.first().getByRole('link').first().click()
      const proof = await downloadOf(page, page.getByRole('link', { name: 'Télécharger la preuve' }))
      expect(proof.text).toMatch(/^c2sp\.org\/tlog-proof@v1/)
    },
  },
  super_administrator: {
    'See how the business stands': async ({ page }) => {
      await expect(page.getByRole('region', { name: 'Revenu mensuel récurrent (MRR)' })).toBeVisible()
    },
    'See who did something': seeTheLog,
    'See what a client was before somebody changed it': async ({ page, maker }) => {
      const { id, version } = await aClient(maker, { ...person('Zerline'), city: 'Arles' })
      await maker.request.patch(`/api/v1/clients/${id}`, { data: { version, city: 'Nîmes' } })
      await menu(page, 'Journal d’audit')
      await page.locator(`main a[href="/clients/${id}"]`).first().click()
      await expect(page.getByText('Arles')).toBeVisible()
    },
    'Give a colleague a role': async ({ page, maker }) => {
      await invited(maker, { firstName: 'Odon', lastName: 'Abel', role: 'sales' })
      await menu(page, 'Équipe')
      await giveRole(page, 'Abel', 'Administrateur technique')
    },
  },
}

const oldList = 'Nom;Prénom;Email;Statut\r\nAncien;Rémi;remi.ancien@example.com;Client\r\n'

function person(lastName: string) {
  return { lastName, firstName: 'Camille', email: `camille.${lastName.toLowerCase()}@example.com` }
}

function rows(page: Page) {
  return page.getByRole('main').locator('tbody tr')
}

function rowOf(page: Page, name: string) {
  return rows(page).filter({ hasText: name })
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('main').getByRole('searchbox').click()
  await page.keyboard.type(text)
}

async function openFound(page: Page, text: string, name: string): Promise<void> {
  await search(page, text)
  await rowOf(page, name).click()
  await expect(page.getByRole('heading', { level: 1, name: `Camille ${name}` })).toBeVisible()
}

async function menu(page: Page, entry: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Navigation principale' })
    .getByRole('link', { name: entry })
    .click()
  // What is typed before the page is there goes to the one that was left.
  await expect(page.getByRole('heading', { level: 1, name: entry })).toBeVisible()
}

async function giveRole(page: Page, name: string, role: string): Promise<void> {
  await rowOf(page, name).click()
  await page.getByRole('button', { name: 'Modifier les rôles' }).click()
  await page.getByRole('checkbox', { name: role, exact: true }).click()
  await expect(page.getByRole('region', { name: 'Ce qui change' })).toContainText(/Gagne/)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByText(/^Rôles de .* modifiés$/)).toBeVisible()
}

async function seeTheLog({ page }: Stage): Promise<void> {
  await menu(page, 'Journal d’audit')
  await expect(rows(page)).not.toHaveCount(0)
}

async function oneKindOfAction(page: Page, verb: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: 'Action', exact: true }).click()
  await page.getByRole('option', { name: verb }).first().click()
  await expect(page).toHaveURL(/verb=/)
}

/** The system's own window to choose a file is not ours to count: pressing our button is. */
async function chooseFile(
  page: Page,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choisir un fichier' }).click(),
  ])
  await chooser.setFiles(file)
}

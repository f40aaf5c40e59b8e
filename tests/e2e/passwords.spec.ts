import { expect, test } from './run/test.ts'
import { invited, justSteppedUp, linkMailedTo, password } from './run/team.ts'

test('passwords are masked, shown when wished, pasted, and known to password managers', async ({
  open,
  demonstration,
}) => {
  const administrator = await open('administrator')
  await administrator.goto('/')
  await justSteppedUp(demonstration.database)
  const { email } = await invited(administrator, { firstName: 'Mina', lastName: 'Roche', role: 'support' })

  const mina = await open('nobody', { permissions: ['clipboard-read', 'clipboard-write'] })
  await mina.goto(await linkMailedTo(mina, email, '/invitation'))
  const field = mina.getByLabel('Nouveau mot de passe', { exact: true })
  await expect(field).toHaveAttribute('type', 'password')
  await expect(field).toHaveAttribute('autocomplete', 'new-password')
  // A manager keeps the password under this name.
  await expect(mina.locator('input[autocomplete="username"]')).toHaveValue(email)

  await mina.evaluate((text) => navigator.clipboard.writeText(text), password)
  await field.focus()
  await mina.keyboard.press('ControlOrMeta+v')
  await expect(field).toHaveValue(password)
  await mina.getByRole('button', { name: 'Afficher la saisie' }).click()
  await expect(field).toHaveAttribute('type', 'text')
  await mina.getByRole('button', { name: 'Masquer la saisie' }).click()
  await expect(field).toHaveAttribute('type', 'password')

  await mina.goto('/sign-in')
  const known = mina.getByLabel('Mot de passe', { exact: true })
  await expect(known).toHaveAttribute('type', 'password')
  await expect(known).toHaveAttribute('autocomplete', 'current-password')
})

import { expect, test } from './run/test.ts'

test('the sign-in page opens', async ({ open }) => {
  const page = await open('nobody')
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

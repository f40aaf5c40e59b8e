/** Lays a text out; its code comes when first wanted. @throws where it cannot be read */
export async function formatted(text: string): Promise<string> {
  const { formatDialect, postgresql } = await import('sql-formatter')
  return formatDialect(text, {
    dialect: postgresql,
    keywordCase: 'upper',
    dataTypeCase: 'lower',
    tabWidth: 2,
    expressionWidth: 80,
    linesBetweenQueries: 1,
  })
}

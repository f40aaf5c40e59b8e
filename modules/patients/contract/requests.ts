/** What patients ask about their data (GDPR articles 15 to 21): a month to answer, and what was done. */
export {}

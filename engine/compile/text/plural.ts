import pluralize from 'pluralize';

/** Singular names that look like plurals. */
const SINGULAR = [
	'data',
	'metadata',
	'dns',
	'aws',
	'sms',
	'kms',
	'gcs',
	'tls',
	'https',
	'ios',
	'os',
	'gps',
	'canvas',
	'saas',
	'redis',
	'kubernetes',
].join('|');
pluralize.addUncountableRule(new RegExp(`(^|[^a-z])(${SINGULAR})$`, 'i'));
pluralize.addUncountableRule(new RegExp(`[a-z](${SINGULAR.replace(/(^|\|)[a-z]/g, (first) => first.toUpperCase())})$`));

/** `company` → `companies`. A noun without a plural stays as it is. */
export function plural(noun: string): string {
	return pluralize.plural(noun);
}

/** `policies` → `policy`, `apiKeys` → `apiKey`. */
export function singular(noun: string): string {
	return pluralize.singular(noun);
}

/** `company` → `a company`, `API key` → `an API key`, `user` → `a user`. */
export function withArticle(noun: string): string {
	const isVowel = /^[A-Z]{2}|^[A-Z]$/.test(noun) ? /^[AEFHILMNORSX]/.test(noun) : /^([aeio]|u(?!ni|s[aeiu]|r[il]|t[ei]l))/i.test(noun);
	return `${isVowel ? 'an' : 'a'} ${noun}`;
}

import { typesOf, valuesOf } from './atoms';
import type { Leaf } from './leaves';
import type { SchemaObject } from './schema';

/** A person's verdict on an input, judging by its name and the document's words. */
export type Verdict = 'secret' | 'open' | 'unclear';

const STRONG =
	/\b(secret|secrets|password|passwd|passphrase|passcode|pwd|token|tokens|apikey|api keys?|app keys?|application key|access key|private key|secret key|signing key|encryption key|account key|client key|master key|shared key|ssh key|auth key|license key|service account key)\b/;
const WEAK =
	/\b(key|keys|credential|credentials|cert|certificate|auth|authorization|signature|pin|otp|seed|hash|private|cookie|jwt|pem|bearer|headers?|secure|sas|webhook|connection string|dsn|pat|code|nonce|assertion|salt|json|config|configuration)\b/;
/** Endings of names that are about a secret but hold none. */
const ABOUT =
	/\b(id|ids|url|urls|uri|uris|endpoint|type|types|name|names|description|label|title|path|method|algorithm|alg|format|version|expiry|expires|expiration|expires (in|at)|lifetime|lifespan|ttl|duration|seconds|count|limit|size|policy|hint|location|header|prefix|param|params|field|scope|scopes|audience|issuer|arn|mode|status|region|email|host|port|provider|placement|user|username|enabled|cidr list|cidrs|num uses|strategy)$/;
/** Beginnings of names of actions on a secret. */
const ABOUT_DOING = /^(change|reset|forgot|rotate|require|use|allow|enable|generate|validate)\b/;

/** Whether a leaf holds a secret. Written independently of the engine's own list of words, in order to measure it. */
export function verdictOn(leaf: Leaf): Verdict {
	const said = leaf.atoms.map((atom) => atom['x-n8n-secret']).find((one) => typeof one === 'boolean');
	if (said !== undefined) return said ? 'secret' : 'open';
	const name = words(leaf.names[leaf.names.length - 1] ?? '');
	const above = leaf.names.slice(1, -1).map(words);
	if (isChoice(leaf.atoms)) return marked(leaf.atoms) || above.some((one) => STRONG.test(one)) ? 'unclear' : 'open';
	if (marked(leaf.atoms)) return 'secret';
	const about = ABOUT.test(name);
	if (STRONG.test(name) && !about && !ABOUT_DOING.test(name) && !/\bpublic\b/.test(name)) return 'secret';
	if (
		above.some((one) => STRONG.test(one) && !ABOUT.test(one)) ||
		marked(leaf.above) ||
		leaf.above.some((atom) => atom['x-n8n-secret'] === true)
	)
		return 'unclear';
	if (about || leaf.atoms.some((atom) => ['date', 'date-time', 'email', 'uuid'].includes(String(atom.format)))) return 'open';
	return WEAK.test(name) || STRONG.test(name) || leaf.kind === 'map' || leaf.kind === 'any' ? 'unclear' : 'open';
}

function marked(atoms: SchemaObject[]): boolean {
	return atoms.some((atom) => atom.format === 'password' || atom.writeOnly === true);
}

/** Whether an input is a number, a boolean or a choice, which hold no secrets. */
function isChoice(atoms: SchemaObject[]): boolean {
	const types = typesOf(atoms)?.filter((type) => type !== 'null' && type !== 'array');
	return (
		valuesOf(atoms) !== undefined ||
		(types !== undefined && types.length > 0 && types.every((type) => ['boolean', 'integer', 'number'].includes(type)))
	);
}

function words(name: string): string {
	return name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.split(/[^A-Za-z0-9]+/)
		.filter(Boolean)
		.join(' ')
		.toLowerCase();
}

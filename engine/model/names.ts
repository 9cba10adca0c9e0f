/** What a name says: its words, the label made from them, and whether it names a secret. */

/** Words with a spelling of their own, beyond a capital first letter. */
const SPELLING = new Map(
	[
		'API ARN AWS CA CIDR CRM CSR CSS DB DN DNS DSN EU EWS FTP GB GCP HTML HTTP HTTPS IAM ID IDs IMAP IP JSON JWK JWKS JWT KB',
		'LDAP LLM MB MCP MFA OIDC PEM PIN PKCE POP3 RSA S3 SAML SCIM SDK SFTP SMS SMTP SQL SSH SSL SSO TCP TLS TTL UDP UI URI',
		'URIs URL URLs US USD UUID VPC XML OAuth OAuth2 GitHub GitLab',
	]
		.join(' ')
		.split(' ')
		.map((word) => [word.toLowerCase(), word] as const),
);

/** Short words that stay lower case inside a title (n8n: Title Case). */
const SMALL = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'in', 'of', 'on', 'or', 'per', 'the', 'to', 'with']);

/** Nobody reads a longer name, and each word costs time. */
const MOST_LETTERS = 500;

/**
 * The words of a name in any case style: `client_x509_cert_url`, `clientId`, `X-API-Key`, `AWS_ACCESS_KEY_ID`.
 * @returns words in lower case; empty if the name has no letter or digit
 */
export function words(name: string): string[] {
	return name
		.slice(0, MOST_LETTERS)
		.replace(/OAuth/g, 'Oauth')
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/([A-Z])(?=[A-Z][a-z])/g, '$1 ')
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.map((word) => word.toLowerCase());
}

/** The label of a name, in Title Case: `client_x509_cert_url` → `Client X509 Cert URL`. */
export function labelOf(name: string): string {
	const all = words(name);
	if (all.length === 0) return name.slice(0, MOST_LETTERS) || 'Value';
	return all
		.map((word, index) => {
			const spelling = SPELLING.get(word);
			if (spelling) return spelling;
			if (index > 0 && index < all.length - 1 && SMALL.has(word)) return word;
			return word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join(' ');
}

/** A parameter name that n8n and its expressions can use: `credential_data.client_id` → `credentialDataClientId`. */
export function keyOf(path: string[]): string {
	const key = path
		.flatMap(words)
		.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join('')
		.replace(/[^A-Za-z0-9]/g, '');
	if (!/^[a-z]/i.test(key)) return `field${key}`;
	// n8n looks parameters up in plain objects.
	return key in Object.prototype ? `${key}Field` : key;
}

/** Words that name a secret wherever they occur. */
const SECRET_WORDS = new Set([
	'secret',
	'secrets',
	'password',
	'passwd',
	'pwd',
	'passphrase',
	'token',
	'tokens',
	'apikey',
	'authkey',
	'writekey',
	'kubeconfig',
	'jwt',
	'pat',
	'authorization',
	'dsn',
]);
/** Pairs of final words that name a secret: an address that contains a password. */
const SECRET_PAIRS = new Set(['connection string', 'connection uri', 'connection url']);
/** Words that make a following `key` a secret. */
const KEY_WORDS = new Set([
	...['cert', 'access', 'account', 'admin', 'api', 'app', 'application', 'auth', 'client', 'consumer', 'encryption', 'hmac', 'license'],
	...['master', 'private', 'secret', 'security', 'server', 'service', 'session', 'shared', 'signing', 'ssh', 'subscription', 'write'],
]);
/** Last words of names that are about a secret but hold none: `token_url`, `private_key_id`, `password_policy`. */
const ABOUT = new Set([
	...['id', 'ids', 'url', 'urls', 'uri', 'uris', 'endpoint', 'path', 'type', 'types', 'name', 'names', 'label', 'description'],
	...['method', 'algorithm', 'alg', 'format', 'version', 'expiry', 'expires', 'expiration', 'lifetime', 'ttl', 'duration'],
	...['seconds', 'in', 'at', 'count', 'limit', 'length', 'size', 'uses', 'policy', 'hint', 'location', 'header', 'prefix'],
	...['param', 'params', 'field', 'enabled', 'required', 'supported', 'rotation', 'scope', 'scopes', 'audience', 'issuer'],
	...['cidrs', 'budget', 'ref', 'reference', 'provider', 'placement', 'request', 'arn', 'mode', 'status', 'behavior'],
	...['lifespan', 'strategy', 'dictionary', 'history', 'complexity', 'strength', 'options', 'rules', 'period', 'age', 'days', 'hours'],
	...['minutes', 'nonce', 'store', 'manager', 'backend', 'vault', 'template', 'usage', 'support', 'email'],
]);
/** First words of names that say what to do with a secret: `require_password`, `change_password`. */
const DOING = new Set([
	'allow',
	'change',
	'disable',
	'enable',
	'forgot',
	'generate',
	'has',
	'is',
	'require',
	'reset',
	'return',
	'rotate',
	'send',
	'use',
	'verify',
	'max',
	'min',
	'num',
]);

/** Marks a position in a list or a repeated request: no secret, although called token or key. */
const PLACES = /(^| )(page|next|continuation|sync|cursor|pagination|idempotency|client request) (token|key)$/;
/** Names that say nothing without their label. */
const BARE = new Set(['key', 'value']);

/**
 * Whether a field of this name holds a secret: `client_secret`, `X-API-Key`, `provider_secret`; not `token_url`,
 * `key_id`. In `name`, everything up to the last colon names the object that the field belongs to.
 * @param label the form's label, which decides where the name says nothing: `key`, labelled "Private Key"
 */
export function isSecretName(name: string, label = ''): boolean {
	const all = words(name.slice(name.lastIndexOf(':') + 1));
	if (label !== '' && all.length === 1 && BARE.has(all[0])) return isSecretName(label.replaceAll(':', ' '));
	if (PLACES.test(all.join(' '))) return false;
	if (all.join(' ') === 'verify token') return true;
	if (SECRET_PAIRS.has(all.slice(-2).join(' '))) return true;
	if (all.length === 0 || ABOUT.has(all[all.length - 1]) || DOING.has(all[0])) return false;
	if (all.some((word) => SECRET_WORDS.has(word))) return true;
	return all.some((word, index) => word === 'key' && index > 0 && KEY_WORDS.has(all[index - 1]));
}

/** Whether a header parameter can only carry the API key, and so belongs to the n8n credential. */
export function isKeyHeader(name: string): boolean {
	return (
		/^(x[-_])?authorization$/i.test(name) ||
		/^([A-Za-z0-9]+[-_]+)*(api[-_]?key|auth[-_]?(key|token)|access[-_]?token|secret([-_]?key)?)$/i.test(name)
	);
}

/** Whether a header or cookie can have this name: a token (RFC 9110, section 5.6.2). */
export function isHeaderName(name: string): boolean {
	return /^[\w!#$%&'*+.^`|~-]+$/.test(name);
}

import { HIDDEN, Redactor } from '../../../../engine/run/credentials/secrets';
import { isSecretName } from '../../../../engine/model/names';

describe('Secrets are hidden in whatever form they come back', () => {
	const pem =
		'-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFOQmdrcWhraUc5dzBC\nQVFFRkFBU0NCS2N3Z2dTakFnRUFBb0lC\n-----END PRIVATE KEY-----\n';
	const redactor = new Redactor(['s3cr3t/va lue+"x"', pem, 'ab12', 'z9', '']);

	it.each([
		['as it is', 'the value s3cr3t/va lue+"x" is wrong', `the value ${HIDDEN} is wrong`],
		['within JSON', '{"v":"s3cr3t/va lue+\\"x\\""}', `{"v":"${HIDDEN}"}`],
		['in a URL', `https://x.test/?v=${encodeURIComponent('s3cr3t/va lue+"x"')}`, `https://x.test/?v=${HIDDEN}`],
		['in Base64', `Basic ${Buffer.from('s3cr3t/va lue+"x"').toString('base64')}`, `Basic ${HIDDEN}`],
		['line by line', 'line 2: TUlJRXZRSUJBREFOQmdrcWhraUc5dzBC', `line 2: ${HIDDEN}`],
		['short, standing alone', 'code ab12, not cab123', `code ${HIDDEN}, not cab123`],
		['of fewer than four characters, as the whole value', 'z9', HIDDEN],
		['of fewer than four characters, not within another text', 'code z9', 'code z9'],
	])('%s', (_how, text, hidden) => {
		expect(redactor.text(text)).toBe(hidden);
	});

	it('in names, values and numbers of an answer', () => {
		expect(
			new Redactor(['canary-name', '123456789']).json({ 'canary-name': [1, { a: 'x canary-name' }], n: 123456789, keep: true }),
		).toEqual({ [HIDDEN]: [1, { a: `x ${HIDDEN}` }], n: HIDDEN, keep: true });
	});

	it('longest first: a short one within it is no reason to show the rest', () => {
		expect(new Redactor(['ab12', 'ab12 and more of it']).text('key: ab12 and more of it, ab12.')).toBe(`key: ${HIDDEN}, ${HIDDEN}.`);
	});

	it('with half of a character in it', () => {
		expect(new Redactor(['half \ud83d of it']).json({ told: 'You sent half \ud83d of it.' })).toEqual({ told: `You sent ${HIDDEN}.` });
	});

	it('however long it is', () => {
		const long = Array.from({ length: 40_000 }, (_, index) => `secret ${index}`).join(' ');
		expect(new Redactor([long]).text(`You sent ${long}.`)).toBe(`You sent ${HIDDEN}.`);
	});

	it('changes nothing where there is no secret', () => {
		const answer = { a: [1, null, 'x'] };
		expect(new Redactor([]).json(answer)).toBe(answer);
	});
});

describe('A name tells whether it names a secret', () => {
	it.each([
		'secret',
		'client_secret',
		'provider_secret',
		'password',
		'apiKey',
		'api_key',
		'X-API-Key',
		'app_key',
		'private_key',
		'AWS_SECRET_ACCESS_KEY',
		'accessToken',
		'refresh_token',
		'tokenSecret',
		'passphrase',
		'consumerKey',
		'webhookSecret',
	])('%s does', (name) => expect(isSecretName(name)).toBe(true));
	it.each([
		'private_key_id',
		'token_url',
		'tokenUri',
		'token_type',
		'client_id',
		'publicKey',
		'public_key',
		'keyboard',
		'monkey',
		'password_policy',
		'secret_name',
		'access_token_lifetime',
		'expires_in',
		'label',
		'key',
		'AWS_ACCESS_KEY_ID',
		'email',
		'',
	])('%s does not', (name) => expect(isSecretName(name)).toBe(false));
});

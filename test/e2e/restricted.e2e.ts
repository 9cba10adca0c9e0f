import { signIn } from '../../scripts/n8n/api';
import { OWNER } from '../../scripts/n8n/demo';
import { releaseFor } from '../../scripts/n8n/versions';

/** n8n 2.4 does not know `restrictToSupportedNodes`. */
const isRestricted = Number(releaseFor().version.split('.')[1]) >= 41;

it("n8n's HTTP Request node gets no vendor's key, where n8n knows how to keep it", async () => {
	const api = await signIn(process.env.E2E_URL as string, OWNER);
	const saved = api.upsertWorkflow({
		name: 'A key in the wrong hands',
		nodes: [
			{
				name: 'HTTP Request',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [0, 0],
				parameters: { url: 'https://example.com', authentication: 'predefinedCredentialType', nodeCredentialType: 'mieltoApi' },
				// Other tests count on one credential of each type.
				credentials: { mieltoApi: { id: null, name: 'None' } },
			},
		],
		connections: {},
	});
	if (isRestricted) await expect(saved).rejects.toThrow('cannot use credential type "mieltoApi"');
	else expect(await saved).toEqual(expect.any(String));
});

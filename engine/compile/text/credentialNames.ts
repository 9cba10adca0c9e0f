import { words } from '../../model/names';
import { singular } from './plural';

/** Names of things that are like a credential: separate words, in the singular. */
export const LIKE_CREDENTIAL =
	/\b(api key|key|token|secret|credential|cred|repocred|connection|connected account|service account|oauth (application|app|client)|client|client key|webhook|hook|webhook (endpoint|subscription)|integration|certificate|password|passkey|connector|authentication|auth config|identity provider|datasource|data source|vault|keypair|key pair|variable|sso|linked account|destination|channel)\b/;

/** Whether a name, such as that of an n8n resource, is that of something like a credential. */
export function isLikeCredentialName(name: string): boolean {
	return LIKE_CREDENTIAL.test(
		words(name)
			.map((word) => singular(word))
			.join(' '),
	);
}

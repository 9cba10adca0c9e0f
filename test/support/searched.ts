/** What operators type into n8n's panel of nodes, by what they want to do. Each finds every vendor's node. */
export const SEARCHED = [
	...['credential', 'create credential', 'add credential', 'store api key', 'customer api key', 'api key'],
	...['rotate secret', 'rotate', 'onboard customer', 'onboard', 'offboard', 'credential linked'],
];

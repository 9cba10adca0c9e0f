/** What operators type into n8n's nodes panel for what they want to do. Each must find every vendor's node. */
export const SEARCHED = [
	...['credential', 'create credential', 'add credential', 'store api key', 'customer api key', 'api key'],
	...['rotate secret', 'rotate', 'onboard customer', 'onboard', 'offboard', 'credential linked'],
];

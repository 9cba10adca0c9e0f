import { hueOf, contrast, DARK, WHITE, type Rgb } from '../../../../cli/scaffold/colours';
import { icons } from '../../../../cli/scaffold/icon';
import { vendorName } from '../../../../cli/scaffold/names';

describe('The name of a vendor, from any spelling', () => {
	it.each([
		['hookdeck', 'Hookdeck', 'Hookdeck', 'hookdeck', 'hookdeck'],
		['MongoDB Atlas', 'MongoDB Atlas', 'MongoDbAtlas', 'mongoDbAtlas', 'mongo-db-atlas'],
		['alloy-embedded', 'Alloy Embedded', 'AlloyEmbedded', 'alloyEmbedded', 'alloy-embedded'],
		['acme_cloud_api', 'Acme Cloud', 'AcmeCloud', 'acmeCloud', 'acme-cloud'],
		['GitHub', 'GitHub', 'GitHub', 'gitHub', 'git-hub'],
		['Crédit Agricole API', 'Crédit Agricole', 'CreditAgricole', 'creditAgricole', 'credit-agricole'],
		['bank of acme', 'Bank of Acme', 'BankOfAcme', 'bankOfAcme', 'bank-of-acme'],
		['acme from zeta', 'Acme From Zeta', 'AcmeFromZeta', 'acmeFromZeta', 'acme-from-zeta'],
		['iPhone store', 'iPhone Store', 'IPhoneStore', 'iPhoneStore', 'i-phone-store'],
		['Auth0', 'Auth0', 'Auth0', 'auth0', 'auth0'],
		['cal.com', 'Cal Com', 'CalCom', 'calCom', 'cal-com'],
		['  Acme   & Sons ', 'Acme & Sons', 'AcmeSons', 'acmeSons', 'acme-sons'],
	])('%s', (given, display, className, key, slug) => {
		expect(vendorName(given)).toEqual({ display, className, key, slug });
	});

	it.each(['', '!!!', '日本', '1Password', 'Acme Trigger', 'Map', 'INodeType', 'Math', 'Return Type', 'a'.repeat(60)])(
		'refuses "%s" with a way out',
		(given) => {
			expect(() => vendorName(given)).toThrow(/^The name "[^"]*" .*--name/);
		},
	);
});

describe('The icons of a vendor', () => {
	const names = ['Acme', 'Hookdeck', 'MongoDB Atlas', 'Stripe', 'Zeta 9', 'Ö'].map(vendorName);

	it.each(names)('$display: a drawing without text, with contrast on its background and of its own ink', (name) => {
		const { light, dark } = icons(name);
		expect(light).not.toBe(dark);
		for (const [svg, background] of [
			[light, WHITE],
			[dark, DARK],
		] as const) {
			expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 60 60"[\s\S]*<\/svg>\n$/);
			expect(svg).not.toMatch(/<(text|image|script|style)|href|url\(/);
			const [, colour] = /<circle [^>]*fill="#(\w{6})"/.exec(svg) as RegExpExecArray;
			const [, ink] = /<g stroke="#(\w{6})"/.exec(svg) as RegExpExecArray;
			expect(contrast(rgb(colour), background)).toBeGreaterThanOrEqual(4.5);
			expect(contrast(rgb(colour), rgb(ink))).toBeGreaterThanOrEqual(4.5);
		}
	});

	it('keep enough contrast in every hue', () => {
		const hues = new Set(Array.from({ length: 3000 }, (_, index) => hueOf(`vendor${index}`)));
		expect(hues.size).toBeGreaterThan(300);
	});

	it('are the same each time, and different for other names', () => {
		expect(icons(names[0])).toEqual(icons(names[0]));
		expect(new Set(names.map((name) => icons(name).light)).size).toBe(names.length);
	});
});

function rgb(hex: string): Rgb {
	return [0, 2, 4].map((start) => parseInt(hex.slice(start, start + 2), 16)) as Rgb;
}

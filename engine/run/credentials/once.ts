/** Items for which a credential is read before it counts as one for all; a run of no more reads it for each. */
const SAMPLES = 8;

/**
 * Reads a credential for the items of a run: once where it is plainly the same for all of them, and for each item where an
 * expression in it may use the item. n8n fetches it from its database, decrypts and resolves it each time that it is asked,
 * and does not tell whether there are expressions in it.
 *
 * So it is read for some items and for one behind the last. There n8n cannot resolve `$json`, `$('…').item` and the like, and
 * a credential that uses them fails or differs. What would go unnoticed is an expression that says itself what to take for
 * an item that is not there, as `{{ $input.item?.json.key ?? 'usual' }}` or `{{ $itemIndex === 7 ? … : 'usual' }}`, if all
 * the samples take that too. docs/bulk.md tells it.
 */
export class OncePerValue<T> {
	private readonly known = new Map<string, T>();
	private common?: Promise<T | undefined>;

	/**
	 * @param read throws what n8n throws where no credential is set, or an expression in it fails for the item
	 * @param fingerprint the same for values that are the same
	 * @param count the items of the run
	 */
	constructor(
		private readonly read: (itemIndex: number) => Promise<T>,
		private readonly fingerprint: (value: T) => string,
		private readonly count: number,
	) {}

	/** @throws what the reading throws */
	async of(itemIndex: number): Promise<T> {
		if (this.count > SAMPLES) {
			this.common ??= this.sameForAll();
			const common = await this.common;
			if (common !== undefined) return common;
		}
		const value = await this.read(itemIndex);
		const fingerprint = this.fingerprint(value);
		// Thousands of items with the same values: these are kept once.
		const known = this.known.get(fingerprint) ?? value;
		this.known.set(fingerprint, known);
		return known;
	}

	private async sameForAll(): Promise<T | undefined> {
		const samples = Array.from({ length: SAMPLES }, (_, sample) => Math.round((sample * (this.count - 1)) / (SAMPLES - 1)));
		try {
			const [behind, ...others] = await Promise.all([this.count, ...samples].map(this.read));
			const fingerprint = this.fingerprint(behind);
			return others.every((other) => this.fingerprint(other) === fingerprint) ? behind : undefined;
		} catch {
			return undefined;
		}
	}
}

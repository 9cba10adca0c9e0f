/** Items whose credentials are compared before one is used for all; a run with no more items reads each. */
const SAMPLES = 8;

/**
 * Reads a credential for the items of a run: once if it is clearly the same for all of them, otherwise once per item,
 * since an expression in it may use the item. On every read, n8n fetches the credential from its database, decrypts and
 * resolves it; it does not tell whether there are expressions in it.
 *
 * So this class compares samples, including an index past the last item. There n8n cannot resolve `$json`,
 * `$('…').item` and the like, so a credential that uses them fails or differs. The one case that goes unnoticed is an
 * expression that supplies its own fallback for a missing item, such as `{{ $input.item?.json.key ?? 'usual' }}` or
 * `{{ $itemIndex === 7 ? … : 'usual' }}`, when all samples yield that fallback too. docs/bulk.md documents this.
 */
export class OncePerValue<T> {
	private readonly known = new Map<string, T>();
	private common?: Promise<T | undefined>;

	/**
	 * @param read throws what n8n throws if no credential is set, or an expression in it fails for the item
	 * @param fingerprint equal for equal values
	 * @param count number of items in the run
	 */
	constructor(
		private readonly read: (itemIndex: number) => Promise<T>,
		private readonly fingerprint: (value: T) => string,
		private readonly count: number,
	) {}

	/** @throws what `read` throws */
	async of(itemIndex: number): Promise<T> {
		if (this.count > SAMPLES) {
			this.common ??= this.sameForAll();
			const common = await this.common;
			if (common !== undefined) return common;
		}
		const value = await this.read(itemIndex);
		const fingerprint = this.fingerprint(value);
		// Thousands of items may share equal values; keep a single copy.
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

import { call } from '../../unit/cli/call';
import { ourFile, SEEDS, seedFile } from './seeds';

/** A workflow made with our document also conforms to the vendor's own. */
it.each(SEEDS)('the seed of $vendor breaks nothing of ours', async (seed) => {
	const { code, out, err } = await call(['diff', seedFile(seed), ourFile(seed)]);
	const { breaks, changes } = JSON.parse(out) as { breaks: boolean; changes: Array<{ breaks: boolean }> };
	expect(changes.filter((change) => change.breaks)).toEqual([]);
	expect({ code, err, breaks }).toEqual({ code: 0, err: '', breaks: false });
});

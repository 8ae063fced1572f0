import { join } from 'node:path';
import { installPeers } from '../peers/run-peer';
import { install } from './consumer';
import { Folder, repositoryRoot } from './folder';

const project = new Folder();
const server = new Folder();

beforeAll(() => {
  installPeers();
  install(project, '--omit=optional');
  project.write(
    'program.cjs',
    `const { Clarifai, fromCsv } = require('clarifai-grpc');
     const { startEmulator } = require('clarifai-grpc/emulator');
     (async () => {
       const emulator = await startEmulator();
       const clarifai = new Clarifai(emulator.clientOptions);
       const model = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
       const [outcome] = await clarifai.postModelOutputs({ model, inputs: ['https://samples.clarifai.com/metro-north.jpg'] });
       const { accepted } = await clarifai.ingest([{ text: 'a' }, { text: 'b' }]).done;
       console.log(outcome.ok, accepted);
       try { fromCsv('rows.csv'); } catch (error) { console.log(error.message); }
       await clarifai.close();
       await emulator.close();
     })();`,
  );
});
afterAll(() => {
  project.remove();
  server.remove();
});

const bundlers = {
  esbuild: `
    const { build } = requireFrom('${repositoryRoot}')('esbuild');
    build({ entryPoints: ['program.cjs'], bundle: true, platform: 'node', outfile, logLevel: 'error' });`,
  webpack: `
    const webpack = requireFrom('${join(repositoryRoot, 'test/peers')}')('webpack');
    const output = { path: path.dirname(outfile), filename: path.basename(outfile) };
    const optimization = { minimize: false };
    const options = { mode: 'production', optimization, target: 'node', context: __dirname, entry: './program.cjs', output };
    webpack(options, (error, stats) => {
      const problems = error ?? stats.toString({ all: false, errors: true });
      if (problems) throw new Error(problems);
    });`,
};

test.each(Object.entries(bundlers))(
  '%s makes of a server one file that runs where nothing is installed, optional packages being absent',
  async (name, bundle) => {
    const outfile = join(server.path, `${name}.cjs`);
    project.write(
      `${name}.cjs`,
      `const path = require('node:path');
       const requireFrom = (folder) => require('node:module').createRequire(path.join(folder, 'package.json'));
       const outfile = ${JSON.stringify(outfile)};
       ${bundle}`,
    );
    expect(await project.node([`${name}.cjs`])).toEqual({ status: 0, output: '' });
    expect(await server.node([outfile])).toEqual({
      status: 0,
      output: 'true 2\nCSV files need the package csv-parse: npm install csv-parse\n',
    });
  },
);

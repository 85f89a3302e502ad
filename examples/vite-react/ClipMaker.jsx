import { ImageSequenceClip, sortByName } from "framereel";
import { useEffect, useState } from "react";

/** Images in, a video out, with progress and errors. */
export function ClipMaker() {
  const [files, setFiles] = useState([]);
  const { url, fraction, message } = useVideo(files);
  return (
    <main>
      <input type="file" multiple accept="image/*" onChange={(event) => setFiles(sortByName(event.target.files))} />
      {fraction !== undefined && <progress value={fraction} />}
      {message && <p role="alert">{message}</p>}
      {url && <video src={url} width={360} controls muted />}
    </main>
  );
}

/** Encodes whenever the files change; an encode that is no longer wanted is stopped. */
function useVideo(files) {
  const [state, setState] = useState({});
  useEffect(() => {
    if (files.length === 0) return;
    const controller = new AbortController();
    const { signal } = controller;
    const show = (next) => signal.aborted || setState(next);
    const onProgress = ({ fraction }) => show({ fraction });
    new ImageSequenceClip(files, { fps: 24 }).toBlob({ signal, onProgress }).then(
      (blob) => show({ url: URL.createObjectURL(blob) }),
      (error) => show({ message: error.message }),
    );
    return () => controller.abort();
  }, [files]);
  useEffect(() => () => URL.revokeObjectURL(state.url), [state.url]);
  return state;
}

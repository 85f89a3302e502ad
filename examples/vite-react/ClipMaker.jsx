import { ImageSequenceClip, sortByName } from "framereel";
import { useEffect, useState } from "react";

/** Images in, a video out, with progress and a way to give up. */
export function ClipMaker() {
  const [files, setFiles] = useState([]);
  const { url, fraction, message } = useVideo(files);
  return (
    <main>
      <input type="file" multiple accept="image/*" onChange={(event) => setFiles(sortByName(event.target.files))} />
      {fraction !== undefined && <progress value={fraction} />}
      {message && <p role="alert">{message}</p>}
      {url && (
        // biome-ignore lint/a11y/useMediaCaption: the video has no sound
        <video src={url} width={360} controls />
      )}
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
    let url;
    const onProgress = ({ fraction }) => setState({ fraction });
    new ImageSequenceClip(files, { fps: 24 }).toBlob({ signal, onProgress }).then(
      (blob) => {
        if (signal.aborted) return;
        url = URL.createObjectURL(blob);
        setState({ url });
      },
      (error) => {
        if (!signal.aborted) setState({ message: error.message });
      },
    );
    return () => {
      controller.abort();
      if (url) URL.revokeObjectURL(url);
      setState({});
    };
  }, [files]);
  return state;
}

#include "bridge.h"

#include <stdlib.h>
#include <string.h>

#include "buffers.h"
#include "codec_api.h"
#include "rate_control.h"

thread_local float oh264_output_ratio = 4.0f;

struct OhEncoder {
  ISVCEncoder* codec;
  SFrameBSInfo output;
  int32_t width;
  int32_t height;
  bool qp_is_given;
};

namespace {

void fill_parameters(const OhConfig& config, SEncParamExt& parameters) {
  parameters.iUsageType = config.screen ? SCREEN_CONTENT_REAL_TIME : CAMERA_VIDEO_REAL_TIME;
  parameters.iPicWidth = config.width;
  parameters.iPicHeight = config.height;
  parameters.fMaxFrameRate = config.frame_rate;
  parameters.iTemporalLayerNum = config.temporal_layers;
  parameters.iSpatialLayerNum = 1;
  parameters.iComplexityMode = static_cast<ECOMPLEXITY_MODE>(config.complexity);
  parameters.uiIntraPeriod = 0;                 // only the caller and scene cuts start IDR pictures
  parameters.eSpsPpsIdStrategy = CONSTANT_ID;   // one avcC serves the whole file
  parameters.iEntropyCodingModeFlag = config.cabac;
  parameters.iMultipleThreadIdc = 1;
  parameters.bEnableFrameSkip = false;          // every image takes part
  parameters.bEnableSceneChangeDetect = config.scene_cuts != 0;
  // Calls macroblocks background and skips them at a loss that costs 10 to 20 % more bytes for the same PSNR.
  parameters.bEnableBackgroundDetection = false;
  parameters.bEnableAdaptiveQuant = false;      // upstream turns it off itself, with a warning
  parameters.bEnableLongTermReference = false;
  parameters.iMinQp = 0;
  parameters.iMaxQp = 51;

  SSpatialLayerConfig& layer = parameters.sSpatialLayers[0];
  layer.iVideoWidth = config.width;
  layer.iVideoHeight = config.height;
  layer.fFrameRate = config.frame_rate;
  layer.uiProfileIdc = static_cast<EProfileIdc>(config.profile_idc);
  layer.uiLevelIdc = LEVEL_UNKNOWN;             // upstream takes the lowest that holds the picture size and rate
  layer.sSliceArgument.uiSliceMode = SM_SINGLE_SLICE;
  if (config.qp >= 0) {
    parameters.iRCMode = RC_OFF_MODE;
    layer.iDLayerQp = config.qp;
  } else {
    parameters.iRCMode = RC_BITRATE_MODE;
    parameters.iTargetBitrate = config.bitrate;
    layer.iSpatialBitrate = config.bitrate;
  }

  layer.bAspectRatioPresent = true;
  layer.eAspectRatio = ASP_1x1;
  layer.bVideoSignalTypePresent = true;
  layer.uiVideoFormat = VF_UNDEF;
  layer.bFullRange = config.full_range != 0;
  layer.bColorDescriptionPresent = true;
  layer.uiColorPrimaries = config.primaries;
  layer.uiTransferCharacteristics = config.transfer;
  layer.uiColorMatrix = config.matrix;
}

}  // namespace

extern "C" int32_t oh_encoder_create(const OhConfig* config, OhEncoder** encoder) {
  *encoder = NULL;
  OhEncoder* created = static_cast<OhEncoder*>(calloc(1, sizeof(OhEncoder)));
  if (created == NULL) return cmMallocMemeError;
  created->width = config->width;
  created->height = config->height;
  created->qp_is_given = config->qp >= 0;
  int32_t result = WelsCreateSVCEncoder(&created->codec);
  if (result == 0) {
    // Problems come back as codes; upstream's own lines on stderr have no reader here.
    int level = WELS_LOG_QUIET;
    created->codec->SetOption(ENCODER_OPTION_TRACE_LEVEL, &level);
    oh264_output_ratio = config->qp >= 24 ? 2.0f : 4.0f;
    SEncParamExt parameters;
    result = created->codec->GetDefaultParams(&parameters);
    if (result == 0) {
      fill_parameters(*config, parameters);
      result = created->codec->InitializeExt(&parameters);
      if (result == 0) oh264_fill_slots(created->codec);
    }
  }
  if (result != 0) {
    oh_encoder_destroy(created);
    return result;
  }
  *encoder = created;
  return 0;
}

extern "C" int32_t oh_encoder_encode(OhEncoder* encoder, const OhPicture* picture, const OhPictureControl* control,
                                     OhAccessUnit* access_unit) {
  if (control->force_idr) {
    const int32_t result = encoder->codec->ForceIntraFrame(true, -1);
    if (result != 0) return result;
  }
  SSourcePicture source;
  memset(&source, 0, sizeof(source));
  source.iColorFormat = videoFormatI420;
  source.iPicWidth = encoder->width;
  source.iPicHeight = encoder->height;
  for (int plane = 0; plane < 3; ++plane) {
    // Upstream only reads a source picture; its struct lacks the const.
    source.pData[plane] = const_cast<unsigned char*>(picture->planes[plane]);
    source.iStride[plane] = picture->strides[plane];
  }

  SFrameBSInfo& output = encoder->output;
  oh264_picture_control = control;
  oh264_qp_is_given = encoder->qp_is_given;
  const int32_t result = encoder->codec->EncodeFrame(&source, &output);
  oh264_picture_control = NULL;
  if (result != 0) return result;

  access_unit->frame_type = output.eFrameType;
  access_unit->nal_count = 0;
  for (int index = 0; index < output.iLayerNum; ++index) {
    const SLayerBSInfo& layer = output.sLayerInfo[index];
    const uint8_t* data = layer.pBsBuf;
    for (int nal = 0; nal < layer.iNalCount; ++nal) {
      if (access_unit->nal_count == OH_MAX_NALS) return cmUnknownReason;
      OhNal& entry = access_unit->nals[access_unit->nal_count++];
      entry.data = data;
      entry.length = static_cast<size_t>(layer.pNalLengthInByte[nal]);
      data += entry.length;
    }
  }
  return 0;
}

extern "C" void oh_encoder_destroy(OhEncoder* encoder) {
  if (encoder == NULL) return;
  if (encoder->codec != NULL) {
    encoder->codec->Uninitialize();
    WelsDestroySVCEncoder(encoder->codec);
  }
  free(encoder);
}
